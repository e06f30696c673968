"""The pages of the plan: reading it, writing it, agreeing on it, and what goes on beside it."""
