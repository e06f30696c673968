"""Programme models as a municipality has published them (programversion / indsatsmodel)."""
