"""Undo: every step of the operator by day, each taken back or done again."""
