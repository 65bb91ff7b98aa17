"""People's mediation: the case, its meetings, the record."""
