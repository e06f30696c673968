"""What a person has agreed may be told, to whom, about what and until when."""
