"""Content: what came back to each content, its verdict, and the replies behind it."""
