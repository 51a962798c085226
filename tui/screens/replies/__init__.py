"""Replies: what was sent in the last days, and one key for what came back."""
