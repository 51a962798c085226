"""The tests; an example may take its time: on a busy machine a deadline would fail at random."""

from hypothesis import settings

settings.register_profile("default", deadline=None)
