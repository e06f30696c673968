"""The day of a workplace: opened, briefed, vehicles looked over, closed."""
