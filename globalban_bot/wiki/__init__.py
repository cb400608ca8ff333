"""Speak to wikis: one client, one retry policy, one table of errors, one reading of odd answers."""
