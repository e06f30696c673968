"""The tablet without a network: the worker that keeps the shell of the page, and the shell. There
is nobody's name in either."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from stegvis.journey.attendance.facts import owner
from stegvis.journey.attendance.pages.sheet import MARKERS
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of

WORKER = Path(__file__).parents[1] / "worker.js"
KEPT = (
    "ui/tokens.css", "ui/components.css", "ui/draw.css", "ui/pages.css", "ui/js/page.js",
    "ui/js/drafts.js", "attendance/attendance.js", "ui/logo.svg",
)  # fmt: skip


@page(*MARKERS)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Served from the folder it may answer for, with the addresses of the files of this release."""
    kept = ",".join(f'"{static(name)}"' for name in KEPT)
    text = WORKER.read_text("utf-8").replace('"KEPT"', kept)
    return HttpResponse(text, content_type="text/javascript")


@page(*MARKERS)
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    return render(request, "attendance/shell.html", {"owner": owner(visit_of(request).actor)})
