"""The pages of reports: of one person, and of many."""

from stegvis.journey.reports.pages.learning import documentation, evaluation
from stegvis.journey.reports.pages.listing import overview, reports
from stegvis.journey.reports.pages.review import paper, report

__all__ = ["documentation", "evaluation", "overview", "paper", "report", "reports"]
