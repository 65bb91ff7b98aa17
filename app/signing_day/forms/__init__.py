"""How posted forms of a signing day become plain values, one topic a file."""
