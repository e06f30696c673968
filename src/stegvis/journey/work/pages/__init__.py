"""The pages of the room, one module a thing that is done."""
