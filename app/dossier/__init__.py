"""Binding all papers of a case into a dossier: what belongs in it, what is missing, the bound file, addenda."""
