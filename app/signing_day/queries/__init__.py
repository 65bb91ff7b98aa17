"""Reading a signing day, one topic a file."""
