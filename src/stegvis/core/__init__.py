"""Pure judgement: no framework, no clock, no network, no randomness that is not handed in."""
