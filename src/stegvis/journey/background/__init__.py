"""The years before: what other agencies did, what was learnt, who takes the person's time now."""
