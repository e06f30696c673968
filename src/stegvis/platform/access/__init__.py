"""Who may see or do what about whom: one pure decision, and the relations it rests on."""
