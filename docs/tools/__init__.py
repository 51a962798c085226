"""Developers' tools that write files of this repository from its code; never installed."""
