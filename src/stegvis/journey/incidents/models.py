"""What went wrong, for the few who need to know."""
