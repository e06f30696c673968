"""What customers ask the workplaces to do, and what is noted of it."""
