"""Today: who is due, what to say, and one key for what came of it."""
