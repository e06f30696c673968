"""A programme model as data: read it, check it, explain it, compare versions, draw it."""
