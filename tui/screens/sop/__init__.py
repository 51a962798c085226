"""The SOP in use: its steps, problems, adjustment log and versions; and publishing the next."""
