"""The log reviewer's entrance: who has read about whom, and why."""
