"""What happened and who saw what: append-only, chained, in the same transaction."""
