"""Motivation for a behaviour, right now; never of a person."""
