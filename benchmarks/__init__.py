"""What the product costs, measured beside a baseline in the same run; one command each, one JSON line."""
