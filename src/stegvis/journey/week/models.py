"""Who works where, half day by half day."""
