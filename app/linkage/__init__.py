"""Passing a petition matter to mediation and its result back."""
