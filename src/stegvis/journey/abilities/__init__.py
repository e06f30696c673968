"""What a person can do: rated by themselves, tried, and seen at work. Two marks, never one."""
