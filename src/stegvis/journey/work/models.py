"""Whose work is whose: working time, areas given, what was offered and chosen, what was tried."""
