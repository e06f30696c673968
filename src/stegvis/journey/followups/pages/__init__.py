"""The pages of talks and follow-ups."""
