"""What was learnt on site, and the paper that says so."""
