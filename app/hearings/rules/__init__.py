"""The rules of hearings, one topic a file."""
