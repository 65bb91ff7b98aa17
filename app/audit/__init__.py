"""The append-only log: who did what to what, from which state to which."""
