"""What someone can do beside what work asks: explained, added up in the open, never learned."""
