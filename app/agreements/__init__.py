"""Agreements: text, check-up, issue, effect, follow-up."""
