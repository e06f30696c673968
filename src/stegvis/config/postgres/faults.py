"""What can go wrong with the private PostgreSQL, as one sentence for the person at the keyboard."""

from stegvis.config.faults import Unusable


class PostgresFault(Unusable):
    pass
