from tests.journey.agreements.conftest import placement, ready
from tests.portals.employer.test_company_page import given

__all__ = ["given", "placement", "ready"]
