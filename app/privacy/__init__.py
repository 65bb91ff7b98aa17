"""How personal data are sealed, found again and masked."""
