"""Screening (visitation): which of three groups somebody is in, and what follows from each."""
