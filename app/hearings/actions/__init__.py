"""The acts on a hearing, one topic a file."""
