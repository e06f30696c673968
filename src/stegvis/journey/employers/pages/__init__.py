"""The pages of the room. No participant is on any of them."""
