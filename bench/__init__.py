"""Measuring what docs/performance.md promises, each figure beside a floor of the same run.

Nothing here is a test: a figure that misses its goal is written down, not
failed, because the machine decides half of it. What is compared is always a
ratio of two things measured alternately.
"""
