"""Contacts, talks and follow-ups, and when the next one is due."""
