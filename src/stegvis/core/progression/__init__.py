"""Where someone stands, what is lacking, which moves are open, what is due: advice and why."""
