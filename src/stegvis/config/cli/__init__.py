"""`./run COMMAND`: what stands in docs/formats and the README, one module per command."""
