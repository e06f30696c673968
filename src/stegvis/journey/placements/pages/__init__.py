"""The pages of the road out."""
