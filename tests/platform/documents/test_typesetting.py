"""Papers: what they say about themselves, and that nobody's words are read as markup."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stegvis.platform.documents.typesetting import (
    TEMPLATES,
    TooLarge,
    Unprintable,
    clean,
    names,
    pdf,
)

HOSTILE = [
    '#import "x"', "#read(\"/etc/passwd\")", "= Rubrik", "*fet* _kursiv_", "$ x^2 $", "@ref",
    "<label>", "\\u{41}", "// bort", "/* bort", '"; #panic("x")', "#{", "]", "- lista",
]  # fmt: skip
LABELS = {
    "sv": "ingen arbetsförmågebedömning",
    "da": "ingen vurdering af arbejdsevne",
    "en": "not an assessment of work ability",
}
PAGES = {"sv": "Sida 1 av 1", "da": "Side 1 af 1", "en": "Page 1 of 1"}


def report(**changed: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "title": "Rapport för oktober",
        "sender": "Ekdala kommun, AME-kontoret",
        "date": "17 november 2026",
        "label": True,
        "to": ["Till: Arbetsförmedlingen"],
        "sections": [{"title": "Vad vi gjort", "lines": ["Provat kök och disk."]}],
        "comment": {"title": "Egen kommentar", "text": "Det stämmer."},
        "ending": "",
    }
    return said | changed


def text_of(made: bytes, tmp_path: Path) -> str:
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip(
            "pdftotext (poppler) is not installed: the words of the paper are not looked at"
        )
    file = tmp_path / "made.pdf"
    file.write_bytes(made)
    found = subprocess.run([tool, str(file), "-"], capture_output=True, check=True)
    return " ".join(found.stdout.decode().split())


@pytest.mark.parametrize("lang", ["sv", "da", "en"])
def test_a_paper_is_tagged_titled_and_says_its_language(lang: str) -> None:
    made = pdf("report", report(title="Rapport"), lang)
    assert made.startswith(b"%PDF-")
    assert b"/MarkInfo" in made
    assert re.search(rb"/Marked\s+true", made)
    assert b"/StructTreeRoot" in made
    assert re.search(rb"/Lang\s*\(" + lang.encode(), made)
    assert b"pdfuaid" in made  # the conformance it claims, in its metadata
    assert re.search(rb"/DisplayDocTitle\s+true", made)
    assert b"/Author" not in made


@pytest.mark.requirement("KN-72")
@pytest.mark.parametrize("lang", ["sv", "da", "en"])
def test_the_footer_has_the_date_the_page_and_that_this_is_no_assessment(
    lang: str, tmp_path: Path
) -> None:
    said = text_of(pdf("report", report(), lang), tmp_path)
    assert LABELS[lang] in said
    assert PAGES[lang] in said
    assert said.count("17 november 2026") == 2
    assert LABELS[lang] not in text_of(pdf("report", report(label=False), lang), tmp_path)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_looks_like_markup_comes_out_as_it_was_written(words: str, tmp_path: Path) -> None:
    sections = [{"title": words, "lines": [words]}]
    made = pdf("report", report(title=words, sections=sections, to=[words]), "sv")
    assert text_of(made, tmp_path).count(" ".join(words.split())) >= 4


@settings(max_examples=60)
@given(st.text(st.characters(max_codepoint=0x24F), max_size=80))
def test_any_latin_text_makes_a_paper_or_is_refused_with_the_letter(words: str) -> None:
    letters = ""
    try:
        assert pdf("report", report(title=f"R {words}", to=[words]), "sv")
    except Unprintable as fault:
        letters = fault.letters
    assert letters in words


def test_names_of_many_alphabets_are_printed(tmp_path: Path) -> None:
    latin = ["Åsa Öhrn", "Søren Ærø", "Łukasz Žižek", "Đặng"[:1] + "oan", "Şule Işık"]
    other = ["نور الدين", "ሰላም ተስፋይ", "Надія", "Νίκη", "สมใจ"]
    made = pdf("report", report(to=latin + other), "sv")
    said = text_of(made, tmp_path)
    assert [name for name in latin if name not in said] == []


def test_a_letter_without_a_font_is_said_and_not_left_out() -> None:
    with pytest.raises(Unprintable) as fault:
        pdf("report", report(to=["李明"]), "sv")
    assert fault.value.letters == "李"


def test_more_than_a_paper_holds_is_refused() -> None:
    with pytest.raises(TooLarge):
        pdf("report", report(to=["x" * 300_000]), "sv")


def test_the_same_values_make_the_same_bytes() -> None:
    assert pdf("report", report(), "sv") == pdf("report", report(), "sv")


def test_unseen_control_signs_go_and_ends_of_lines_stay() -> None:
    assert clean({"a": ["x\x00y\u0085", "l\r\nm"]}) == {"a": ["xy", "l\nm"]}


def test_every_template_is_set_with_a_sample() -> None:
    samples: dict[str, dict[str, Any]] = {
        "report": report(),
        "feedback": report(label=False),
        "plan": report(
            columns=["Vad", "Vem", "När"],
            start=[{"title": "Resurser", "lines": ["Lagar mat"], "quotes": ["Jag vill"]}],
            goals=[{"title": "Kök", "actions": [{"what": "Prova", "who": "Jag", "when": "1 dec"}]}],
            sign=["Deltagare", "Handläggare"],
        ),
        "planning": report(
            rows=[{"question": "Vad?", "answer": "Disk"}, {"question": "Hur?", "answer": ""}]
        ),
        "agreement": report(
            table={
                "title": "Opfølgning",
                "head": ["Når", "Ofte", "Hvordan"],
                "rows": [["4 gange", "hver uge", "Besøg"]],
                "after": ["Timer"],
            },
            signed=[
                {"who": "Borgeren", "how": "1. december", "line": ""},
                {"who": "Virksomheden", "how": "", "line": "Navn, dato"},
            ],
        ),
        "hours": report(
            person="Nils Damgaard",
            none="Ingen timer",
            head=["Måned", "Ordinære", "Praktik"],
            rows=[["oktober 2026", "31,5", "–"]],
            foot="Aldrig lagt sammen",
            behind="Hvad det bygger på",
            lines=["B1001"],
        ),
        "workplace_form": report(
            who=["Virksomhed", "Borger"],
            month="Måned",
            days=["Aftalt", "Fremmødt"],
            questions=[{"asked": "Kom du?", "answers": ["Ja", "Nej"]}],
            reasons={"title": "Fravær", "rows": ["Syg"]},
            texts=["Andet?"],
            note="Ring",
        ),
    }
    assert names() == sorted(samples)
    made = [pdf(name, values, "da")[:5] for name, values in samples.items()]
    assert set(made) == {b"%PDF-"}


def test_a_template_reads_nothing_but_its_folder_and_no_package() -> None:
    texts = [file.read_text("utf-8") for file in TEMPLATES.glob("*.typ")]
    assert not [t for t in texts if re.search(r"@preview|\bread\(|plugin\(|eval\(", t)]
