"""Where someone stands, what is lacking, which moves are open and what is due: advice with reasons."""
