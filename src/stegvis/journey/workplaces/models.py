"""Where people work and train: areas, tasks, descriptions, what work asks for."""
