"""Deciding about steps: advice, decision, reasons, the person's own words."""
