"""Workbooks put together for one test."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import xlsxwriter


def workbook(fill: Callable[[Any], None], **options: Any) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **options})
    fill(book)
    book.close()
    return target.getvalue()
