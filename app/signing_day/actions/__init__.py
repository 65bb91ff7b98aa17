"""The acts of a signing day, one topic a file."""
