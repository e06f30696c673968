"""What may be counted and shown of many, so that nobody among them is found."""
