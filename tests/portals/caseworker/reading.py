"""Reading an answer as a person or a browser would."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any


def text_of(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    found: str = response.content.decode()
    return found


class _Rows(HTMLParser):
    """The cells of the table rows on a page, each as its words."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self._in_cell = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data


def rows_of(html: str) -> list[list[str]]:
    parser = _Rows()
    parser.feed(html)
    return [[" ".join(cell.split()) for cell in row] for row in parser.rows]


def faults_of(html: str) -> list[str]:
    """The sentences of the box at the top that says what to mend."""
    box = re.search(r'<section class="mend".*?</section>', html, re.DOTALL)
    return re.findall(r"<li>(?:<a [^>]*>)?(.*?)(?:</a>)?</li>", box[0]) if box else []


def assert_plain(html: str, language: str) -> None:
    """No page needs a script to be used, and none carries one, or style, in its own text."""
    assert f'<html lang="{language}"' in html
    assert not re.search(r"\son[a-z]+=", html.partition("<body")[2])
    assert not re.search(r"\sstyle=", re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))
    for script in re.findall(r"<script[^>]*>", html):
        assert "src=" in script, script
    for form in re.findall(r"<form.*?</form>", html, re.DOTALL):
        one_field = form.count("<input") == 1  # which is sent by Enter
        assert "submit" in form or one_field, "a form that cannot be sent without a script"
