"""Lists that others keep: read, judged row by row, decided by people, stored."""
