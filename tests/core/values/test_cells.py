"""Whatever somebody has typed is words in a file, and never a formula."""

from __future__ import annotations

import pytest

from stegvis.core.values.cells import shown


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\ufeff=1", "\u200b=1", "＝1"],
)
def test_what_a_spreadsheet_would_work_out_is_shown_instead(typed: str) -> None:
    assert shown(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["", "Snö", "3-5", "a=b", "  två  "])
def test_other_words_stand_as_they_were_typed(typed: str) -> None:
    assert shown(typed) == typed
