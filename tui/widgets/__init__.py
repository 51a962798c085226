"""What is drawn: widgets that are given data and post messages; none knows the store."""
