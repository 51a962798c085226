"""A desk to look around in: invented people, and four months of work on them.

Nothing here is real, and nothing here is false to the desk: the past is made
by the same verbs that a key press calls. Everything drawn by lot comes from
one seed, so that two demo desks differ in nothing but the ids of their events.
"""
