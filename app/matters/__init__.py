"""The petition matter: its parties, consents, clocks, who is involved or barred, what blocks its closing."""
