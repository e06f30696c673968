"""Writing a report together with the person, sending it, and what the person says of it."""

from stegvis.journey.reports.actions.sending import Sending, opened, renew, send
from stegvis.journey.reports.actions.writing import (
    comment,
    draft,
    drop,
    leave_out,
    note_seen,
    refuse,
    rewrite,
    saw,
    show,
)

__all__ = [
    "Sending", "comment", "draft", "drop", "leave_out", "note_seen", "opened", "refuse", "renew",
    "rewrite", "saw", "send", "show",
]  # fmt: skip
