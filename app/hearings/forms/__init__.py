"""What is typed on the pages of a hearing, one topic a file."""
