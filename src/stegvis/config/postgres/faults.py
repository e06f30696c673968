"""What can go wrong with the private PostgreSQL, as one sentence for the person at the keyboard."""


class PostgresFault(Exception):
    """The message is a whole sentence."""
