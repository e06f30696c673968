"""The list of a day, what it comes to, and the tablet without a network."""
