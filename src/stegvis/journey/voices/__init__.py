"""What the person says for themselves, and their own way in to say it."""
