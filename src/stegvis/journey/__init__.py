"""The participant's road, room by room, in order: a room sees only the rooms before it."""
