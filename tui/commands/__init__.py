"""The command line in front of the desk: one module a command, loaded when it is called.

Nothing here imports Textual: a command that is not the app answers in a
fraction of the app's start.
"""
