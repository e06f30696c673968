"""What happened and who saw what: append-only, chained per municipality, in the same transaction."""
