"""Long work as rows: claimed with a lease, resumable, with progress."""
