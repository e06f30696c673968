"""What goes to whoever referred the person, seen by the person first."""
