"""Backups: the copies of the desk, each read back; making one, and taking one back."""
