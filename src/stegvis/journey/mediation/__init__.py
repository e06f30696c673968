"""The personal job mediator: offered, assigned, reached, and the support that is theirs to give."""
