"""One module per kind of file: its fields, how a cell of each is read, and how a row is judged."""
