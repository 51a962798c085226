"""Reading replies: which reaction a contact's words likely are, and why. Pure."""
