"""Companies and their sites, who answers there, and what they offer."""
