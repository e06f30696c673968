"""Two hands at one text: nothing of either is lost, nothing stands twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.differences import How, changes, words
from stegvis.core.values.merging import WHOLE, Document, merge

FIELDS = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "x", "y", "z"]), min_size=1)
DOCUMENTS = st.dictionaries(st.sampled_from(["p", "q", "r", "s"]), FIELDS)


def _value(document: Document, key: str, name: str) -> str:
    return document.get(key, {}).get(name, "")


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_nothing_that_a_hand_wrote_is_lost(
    base: Document, mine: Document, theirs: Document
) -> None:
    """Every changed field of either stands in what comes out, or in a clash that shows both."""
    merged = merge(base, mine, theirs)
    shown = {(one.unit, one.field) for one in merged.clashes}
    for side, other in ((mine, theirs), (theirs, mine)):
        for key, unit in side.items():
            for name, value in unit.items():
                if value == _value(base, key, name):
                    continue
                kept = _value(merged.document, key, name) == value
                assert kept or (key, name) in shown or (key, WHOLE) in shown, (key, name)
                assert key in merged.document or key not in other or (key, WHOLE) in shown


@given(DOCUMENTS, DOCUMENTS)
def test_who_writes_alone_gets_their_text(base: Document, mine: Document) -> None:
    for merged in (merge(base, mine, base), merge(base, base, mine), merge(base, mine, mine)):
        assert merged.clashes == ()
        assert changes(merged.document, mine) == () == changes(mine, merged.document)


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_the_order_of_the_two_does_not_matter_but_for_what_clashes(
    base: Document, mine: Document, theirs: Document
) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert {(c.unit, c.field) for c in one.clashes} == {(c.unit, c.field) for c in other.clashes}
    if not one.clashes:
        assert changes(one.document, other.document) == ()


def test_a_field_both_changed_differently_is_shown_with_both() -> None:
    base, mine, theirs = ({"g": {"text": text, "due": "1"}} for text in ("a", "b", "c"))
    (clash,) = merge(base, mine, theirs).clashes
    assert (clash.unit, clash.field, clash.mine, clash.theirs) == ("g", "text", "b", "c")


def test_a_line_one_took_away_and_the_other_changed_is_kept_until_somebody_has_looked() -> None:
    base = {"g": {"text": "a"}}
    merged = merge(base, {}, {"g": {"text": "b"}})
    assert merged.document == {"g": {"text": "b"}}
    assert [(one.field, one.mine, one.theirs) for one in merged.clashes] == [(WHOLE, "", "b")]


@given(st.text("ab \n"), st.text("ab \n"))
def test_words_read_without_what_was_removed_or_added_are_the_new_or_the_old_text(
    old: str, new: str
) -> None:
    parts = words(old, new)
    assert "".join(one.text for one in parts if one.how is not How.REMOVED) == new
    assert "".join(one.text for one in parts if one.how is not How.ADDED) == old


def test_a_small_change_is_read_word_by_word_and_a_large_one_beside() -> None:
    small = words("klar den 7 dec i kväll", "klar den 14 dec i kväll")
    assert [(one.text, one.how) for one in small if one.how] == [
        ("7", How.REMOVED), ("14", How.ADDED),
    ]  # fmt: skip
    large = words("ett två tre fyra", "helt andra ord här nu")
    assert [one.how for one in large] == [How.REMOVED, How.ADDED]
