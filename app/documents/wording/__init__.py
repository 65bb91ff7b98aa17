"""What an office may word itself on its papers: versions of its own wording, checked, published and never deleted."""
