"""A private PostgreSQL for the demo and the tests, from whichever binaries are there.

Production names its server in DATABASE_URL and never comes here: this one trusts its socket.
"""

from stegvis.config.postgres.cluster import Cluster
from stegvis.config.postgres.faults import PostgresFault

__all__ = ["Cluster", "PostgresFault"]
