"""One contact in hand: drawn, sent to, answered for, and all of it taken back."""
