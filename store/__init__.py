"""What is remembered: the append-only event log and the state derived from it.

The only room that knows a database. Reads are nouns, writes are verbs; a verb
decides, writes event and state in one transaction and returns a frozen value.
"""
