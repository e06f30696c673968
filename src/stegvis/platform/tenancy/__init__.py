"""Municipalities (kommun / kommune) and their units; nothing is read outside a scope."""
