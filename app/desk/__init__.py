"""The staff's day: board, to-do, search."""
