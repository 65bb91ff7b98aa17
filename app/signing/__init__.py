"""Hand signatures and seals on issued papers."""
