"""Rooms, people and time: who and what is free, and taking it without clash."""
