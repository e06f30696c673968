"""The unit manager's entrance: the unit's people, masked and logged."""
