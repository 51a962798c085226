"""Import: choose a file, see what it would bring, import it, and what became of it."""
