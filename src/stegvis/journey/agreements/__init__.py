"""What person, company and municipality have agreed for one placement, and how they keep in touch."""
