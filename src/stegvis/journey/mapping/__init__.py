"""Where someone starts, resources before barriers, and what they want to work with."""
