"""Lawyers' opinions: asked for, written, answered."""
