"""The forms of the plan: the draft as one, and the small ones beside it."""
