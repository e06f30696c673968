"""Tags, icons and rows: finished HTML, escaped, in the reader's language."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from stegvis.platform.ui import dates
from stegvis.platform.ui.icons import FOLDER, icon
from stegvis.platform.ui.rows import PersonRow, person_rows

NOVEMBER = dt.date(2026, 11, 17)


def written(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load ui %}" + source).render(context)


def a_row(**more: object) -> PersonRow:
    fields: dict[str, object] = {
        "url": "/d/1/", "name": "Amina Warde", "step": 2, "of": 6, "step_name": "Lättare",
        "next": "Ring", "due": "", "due_kind": "", "programme": "", "supervisor": "", "worker": "",
    }  # fmt: skip
    return PersonRow(**{**fields, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sv", "Tisdag 17 november, vecka 47"),
        ("da", "Tirsdag 17. november, uge 47"),
        ("en", "Tuesday 17 November, week 47"),
    ],
)
def test_a_day_is_said_with_its_week(language: str, said: str) -> None:
    with translation.override(language):
        assert dates.day_and_week(NOVEMBER) == said


def test_the_week_is_that_of_the_iso_year() -> None:
    with translation.override("sv"):
        assert dates.day_and_week(dt.date(2027, 1, 1)).endswith("vecka 53")
        assert dates.day_and_week(dt.date(2024, 12, 30)).endswith("vecka 1")


def test_a_year_is_said_only_when_it_is_another() -> None:
    with translation.override("sv"):
        assert dates.short_day(NOVEMBER, NOVEMBER) == "17 nov"
        assert dates.short_day(dt.date(2025, 3, 2), NOVEMBER) == "2 mars 2025"
    with translation.override("da"):
        assert dates.short_day(NOVEMBER, NOVEMBER) == "17. nov"
        assert dates.long_day(NOVEMBER) == "17. november 2026"


def test_every_icon_in_the_folder_can_be_drawn() -> None:
    names = [file.stem for file in FOLDER.glob("*.svg")]
    assert names
    for name in names:
        assert icon(name).startswith('<svg class="ic"')
        assert 'aria-hidden="true"' in icon(name)


@pytest.mark.parametrize("name", ["no-such-icon", "../urls", "House", ""])
def test_an_icon_that_is_not_there_is_a_fault(name: str) -> None:
    with pytest.raises(KeyError):
        icon(name)


@given(st.text(max_size=30))
def test_whatever_a_person_is_called_the_list_stays_whole(name: str) -> None:
    html = person_rows([a_row(name=name, next=name, due=name, due_kind="late")])
    assert html.count("<tr>") == html.count("</tr>") == 1
    assert html.count("<td") == 6
    assert html.count("<a ") == 1


def test_a_picture_is_drawn_once_and_pointed_at_afterwards() -> None:
    html = person_rows([a_row(due_kind="late", due="sen")] * 3)
    assert html.count('<g id="g2-6" class="draw">') == 1
    assert html.count('<g id="s-late" class="draw">') == 1
    assert html.count('<use href="#g2-6"/>') == html.count('<use href="#s-late"/>') == 2


def test_a_name_withheld_leads_nowhere() -> None:
    assert "<a " not in person_rows([a_row(url="", name="Skyddad")])


def test_one_who_stands_on_no_step_has_no_stair() -> None:
    assert "<svg" not in person_rows([a_row(step=0, of=0)])


def test_the_step_is_said_in_words_too() -> None:
    with translation.override("da"):
        assert '<span class="vh">Trin </span>2' in person_rows([a_row()])


def test_a_status_has_sign_word_and_colour() -> None:
    html = written('{% tag "late" "clock-alert" words %}', words="9 dagar <sen>")
    assert html.startswith('<span class="tag late"><svg')
    assert html.endswith("9 dagar &lt;sen&gt;</span>")


def test_a_share_says_both_its_numbers() -> None:
    with translation.override("sv"):
        assert 'aria-label="21 av 68"' in written("{% share 21 68 %}")
        assert 'width="0.0"' in written("{% share 0 0 %}")


def test_a_square_carries_the_number_of_its_step() -> None:
    assert written("{% swatch 3 3 %}") == '<span class="sw sw-st-6">3</span>'


def test_what_is_wrong_is_said_as_a_sentence_and_takes_the_focus() -> None:
    class Sheet(forms.Form):
        where = forms.CharField(label="Var?", error_messages={"required": "Välj en plats."})
        name = forms.CharField(label="Namn", error_messages={"required": "Skriv namnet."})

    html = written("{% error_summary form %}", form=Sheet({}))
    assert "Var? Välj en plats." in html
    assert "Namn: Skriv namnet." in html
    assert 'tabindex="-1" autofocus' in html
