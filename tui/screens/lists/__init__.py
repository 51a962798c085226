"""Lists: whom to follow up besides the steps, why, and what is done about it."""
