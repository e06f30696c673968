"""What person, company and municipality have signed for a placement, and how they keep in touch."""
