"""What was agreed: goals, sub-goals and who does what by when, in versions both have seen."""
