"""Papers: issued, numbered, rendered, kept."""
