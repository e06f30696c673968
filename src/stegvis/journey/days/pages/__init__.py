"""The day of a workplace, its briefing, its cars and its lists."""
