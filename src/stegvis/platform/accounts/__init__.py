"""People who sign in, the municipalities they work for and the roles they hold there."""
