"""`./run` as a person meets it: what it says, and the code it ends with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from stegvis.config.checkout import ROOT, SOURCE
from stegvis.config.cli import commands, test
from stegvis.config.cli.format import names
from stegvis.config.cli.reading import PROGRAMMES
from stegvis.config.faults import Unusable, said
from stegvis.config.ledger import begun
from stegvis.config.translations import compile_messages, faults

FREE = ("requirements", "format", "check", "judge", "draw", "test")


def test_an_unknown_command_is_refused_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["fly"]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)


def test_help_lists_the_commands_that_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["--help"]) == 0
    assert "requirements" in capsys.readouterr().out


def test_no_sign_out_of_a_file_reaches_the_terminal_as_more_than_a_sign() -> None:
    told = said(Unusable("a.json: \x1b]0;title\x07\x1b[2J \u202eabc \r\u2028 åäö\xa0" + "9" * 5000))
    assert not set(told) & set("\x1b\x07\r\u202e\u2028")
    assert "åäö\xa0999" in told
    assert len(told) < 700
    assert said(Unusable("a:1: one.\nb:2: two.")) == "a:1: one.\nb:2: two."


def test_requirements_come_as_one_object_with_every_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["requirements", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["requirements"]
    assert len(told) == 377
    done = {key for key, entry in told.items() if entry["state"] == "done"}
    assert done == {key for key, entry in told.items() if entry["tests"]} - begun()


@pytest.mark.parametrize("name", names())
def test_every_format_is_printed_as_it_lies_there(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["format", name]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((ROOT / f"docs/formats/{name}.schema.json").read_text())


def test_an_unknown_format_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["format", "music"]) == 2
    assert "There is no format 'music'" in capsys.readouterr().err


@pytest.mark.parametrize("name", FREE)
def test_commands_without_a_database_start_without_django(name: str) -> None:
    module = commands.COMMANDS[name][0]
    program = f"import sys, stegvis.config.cli.{module}\nprint('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(SOURCE.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"


def test_workers_are_left_out_where_they_would_be_in_the_way() -> None:
    option, count, *_ = test._workers(["tests/core"])
    assert option == "-n"
    assert 1 <= int(count) <= 4
    assert test._workers(["--pdb"]) == test._workers(["-n0"]) == test._workers(["-n=1"]) == []


def test_at_night_the_long_ones_can_still_be_asked_for_alone() -> None:
    assert test._chosen(["-n0"], night=True) == ["-m", "night or not night", "-n0"]
    assert test._chosen(["-n0", "-m", "night"], night=True)[-2:] == ["-m", "night"]
    assert test._chosen(["-n0"], night=False) == ["-n0"]


def test_an_incomplete_translation_is_named_with_its_line(tmp_path: Path) -> None:
    for language, answer in (("sv", ""), ("da", "%(navn)s er her")):
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        folder.joinpath("django.po").write_text(
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
            f'msgid "%(name)s is here"\nmsgstr "{answer}"\n'
        )
    told = list(faults(tmp_path))
    assert "sv/LC_MESSAGES/django.po:4: not translated: '%(name)s is here'" in told
    assert any("da/" in line and "lost" in line for line in told)
    assert any("da/" in line and "lacks" in line for line in told)


def test_messages_are_compiled_once(tmp_path: Path) -> None:
    folder = tmp_path / "sv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    folder.joinpath("django.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "b"\n')
    assert [file.name for file in compile_messages(tmp_path)] == ["django.mo"]
    assert compile_messages(tmp_path) == []


def _case(folder: Path, text: str) -> str:
    file = folder / "case.json"
    file.write_text(text)
    return str(file)


def test_a_case_is_judged_into_the_object_the_formats_promise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = _case(tmp_path, '{"schema": 1, "facts": [{"on": "2026-01-12", "kind": "enrolment"}]}')
    words = ["judge", "--programme", "jobbtrappa", "--case", case, "--on", "2026-03-01"]
    assert commands.main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    promised = {"programme", "version", "standing", "lacking", "open_moves", "due", "milestones"}
    assert {*told} == promised | {"elements"}
    assert commands.main(words) == 0
    assert "jobbtrappa version" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"schema": 1,\n "facts": [}', ":2:12: this is not JSON"),
        ('{"schema": 1, "facts": [{"on": "2026-13-01", "kind": "enrolment"}]}', "fact 0"),
        ('{"schema": 1, "facts": [{"on": "2026-01-01", "kind": "dance"}]}', "dance"),
        ("[" * 100_000, "case.json"),
    ],
)
def test_a_case_that_cannot_be_read_is_refused_by_file_and_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, place: str
) -> None:
    case = _case(tmp_path, text)
    words = ["judge", "--programme", "jobbtrappa", "--case", case, "--on", "2026-03-01", "--json"]
    assert commands.main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert place in told.err
    assert told.err.startswith(case)
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    "key", sorted(file.parent.name for file in PROGRAMMES.glob("*/model.yaml"))
)
def test_every_programme_can_be_drawn(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["draw", key]) == 0
    assert capsys.readouterr().out.startswith("<svg")


def test_an_unknown_programme_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["draw", "escalator"]) == 2
    assert "jobbtrappa" in capsys.readouterr().err


ROAD = """{"schema": 1, "facts": [
  {"on": "2026-01-12", "kind": "enrolment"}, {"on": "2026-01-12", "kind": "step", "step": "s1"},
  {"on": "2026-02-02", "until": "2026-02-16", "kind": "pause"},
  {"on": "2026-03-02", "kind": "step", "step": "s4"}]}"""


def test_a_persons_road_is_drawn_with_its_steps_and_pauses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = _case(tmp_path, ROAD)
    assert commands.main(["draw", "jobbtrappa", "--case", case, "--on", "2026-04-01"]) == 0
    whole = capsys.readouterr().out
    assert "2026-01-12 s1; 2026-03-02 s4" in whole
    unpaused = _case(tmp_path, "\n".join(ln for ln in ROAD.splitlines() if "pause" not in ln))
    assert commands.main(["draw", "jobbtrappa", "--case", unpaused, "--on", "2026-04-01"]) == 0
    assert capsys.readouterr().out != whole


def test_a_case_that_never_entered_a_step_has_no_road(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = _case(tmp_path, '{"schema": 1, "facts": [{"on": "2026-01-12", "kind": "enrolment"}]}')
    assert commands.main(["draw", "jobbtrappa", "--case", case]) == 2
    assert "no step" in capsys.readouterr().err
