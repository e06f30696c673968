"""The case worker's and the job mediator's entrance: my day, my people, one person's road."""
