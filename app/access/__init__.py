"""Who may do what: the table (pure) and the guard that asks it."""
