"""The words of the product: what is seen in work is never called an assessment of work ability."""

from __future__ import annotations

import pytest

from stegvis.config.checkout import ROOT

NAMED = {"sv": "arbetsförmågebedömning", "da": "vurdering af arbejdsevne"}
LICENSED = {"sv": "legitimerad", "da": "autoriseret"}  # who does make one, said once


@pytest.mark.requirement("N-01", "KN-72")
@pytest.mark.parametrize("lang", NAMED)
def test_the_messages_name_it_only_to_say_that_this_is_none(lang: str) -> None:
    text = (ROOT / "locale" / lang / "LC_MESSAGES" / "django.po").read_text("utf-8")
    said = [line.casefold() for line in text.splitlines() if NAMED[lang] in line.casefold()]
    assert len(said) >= 2
    for line in said:
        assert f"ingen {NAMED[lang]}" in line or LICENSED[lang] in line, line
