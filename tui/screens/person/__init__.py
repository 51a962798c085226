"""One contact's file: who it is, what stands open, and all that happened."""
