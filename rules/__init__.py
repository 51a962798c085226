"""What follows: the nouns of the desk and every decision about them.

Pure: no disk, no clock, no chance, no database. Time, calendar and random
source come in as arguments; decisions come out as values that somebody else
writes down. Imports nothing of the other rooms.
"""
