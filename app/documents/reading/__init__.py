"""Reading printed papers back: which page of which paper a scanned page shows."""
