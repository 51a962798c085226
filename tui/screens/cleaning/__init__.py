"""Cleaning: contacts who may be one person, and accounts that nobody stands behind."""
