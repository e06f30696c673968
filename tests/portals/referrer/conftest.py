from tests.journey.reports.conftest import used

__all__ = ["used"]
