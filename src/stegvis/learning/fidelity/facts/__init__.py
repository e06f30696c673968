"""Who is counted, what of them, and what of it may be told."""
