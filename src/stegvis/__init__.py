"""Stegvis: stepwise roads to work."""
