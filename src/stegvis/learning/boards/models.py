"""The board of a workplace, and what its meetings lead to."""
