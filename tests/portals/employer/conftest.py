from tests.journey.agreements.conftest import placement, ready

__all__ = ["placement", "ready"]
