"""Posted text of matters as frozen values, one form a file."""
