"""Out to a company: seen, matched, begun, broken off."""
