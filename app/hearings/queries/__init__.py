"""Reading hearings: the hearing itself, its pool and conflicts, its place, papers, minutes and votes."""
