"""Accounts, log-in sessions, roles, organisations and professionals."""
