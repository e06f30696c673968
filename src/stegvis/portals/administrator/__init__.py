"""The administrator's entrance: units, staff, roles, programme versions; no participant."""
