"""The screens of the desk: each reads the store, asks its verbs, and draws the answer."""
