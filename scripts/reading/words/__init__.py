"""The words by which a reply says what it wants, as patterns over its plain text, by cue."""
