"""A week against what there is room for."""
