"""Pages of what went wrong."""
