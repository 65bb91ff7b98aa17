"""Binding everything of one case into a dossier: what belongs in it, what is missing, the bound file and its addenda."""
