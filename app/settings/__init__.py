"""What an office sets: holidays, jurisdiction profiles; handed to rules as frozen Calendar and Profile."""
