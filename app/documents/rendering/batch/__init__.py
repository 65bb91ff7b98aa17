"""Many papers of one structure: laid out once, each paper's values drawn into the places of the others' values."""
