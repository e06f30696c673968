"""Whatever is typed, pasted or sent by a machine: a page, a form with its fault, or a refusal, and
never a page that breaks. Every field of every form that some colleague meets."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urljoin

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import override_settings

from stegvis.platform.ui.hostile import _hostile
from tests.cast.people import Cast
from tests.matrix.walk import Address, addresses, of_person, of_town

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-03")]

ABOUT = {
    "asta": ("own", "intake"),
    "mona": ("own", "intake"),
    "petra": ("protected_named",),
    "vera": ("own",),
    "jonna": ("own",),
    "olle": ("own",),
    "inge": ("abroad",),
}
WHO = (*ABOUT, "ada", "loke", "evert")
PUSH = 3  # fields of each form in the gate of every push, and one hostile value for each
SCRIPT = "<script>alert(1)</script>"
CORPUS: tuple[str | bytes, ...] = (
    "\x00", "a\x00b", "\ud800", b"\xff\xfe", b"\xc0\x80", "\u202eabc", "\u200b", "\ufeff=1+1",
    "x" * 20_000, "\r\nSet-Cookie: a=b", "\x0b\x1f\x7f", "%00", "%s%n", " ", "\t", "\xa0",
    "0001-01-01", "9999-12-31", "0000-00-00", "10000-01-01", "2024-02-30", "2026-W53", "12:61",
    "-1", "0", "1e400", "NaN", "Infinity", "9" * 25, "-" + "9" * 25, "9" * 5000,
    "\u0661\u0662\u0663", "²", "½", "7,5", "=cmd|' /C calc'!A0", "@SUM(1)", "' or 1=1--", '"',
    SCRIPT, "{{7*7}}{% debug %}", "${7*7}", "../../etc/passwd", "http://evil.example/",
    "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}",
    "urn:uuid:00000000-0000-0000-0000-000000000000", "true", "[]", "null",
    ":", "case_worker:", "case_worker:x", "job_mediator:00000000-0000-0000-0000-000000000000",
    "end-", "remove-", "_save_number", "__class__", "number", "pause", "category-", "lift", "enrol",
    "Z\u0337\u0322" * 60, "\U0001f469\u200d\U0001f469\u200d\U0001f467" * 30, "İ", "ﬀ", "ß",
)  # fmt: skip


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Forms(HTMLParser):
    """The forms of a page with what stands in them; of choices, the first."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found, self.choosing = page, list[Form](), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.page, said.get("action") or self.page)
            self.found.append(Form(action, said.get("method", "get").lower()))
        elif self.found and tag == "option" and self.choosing and said.get("value"):
            form = self.found[-1]
            form.fields[self.choosing] = form.fields[self.choosing] or said["value"]
        elif self.found and said.get("name") and tag in {"input", "textarea", "select", "button"}:
            self.choosing = said["name"] if tag == "select" else ""
            if tag == "button":
                self.found[-1].buttons.append((said["name"], said.get("value", "")))
            if said.get("type") == "file":
                self.found[-1].files.add(said["name"])
            else:
                self.found[-1].fields.setdefault(said["name"], said.get("value", ""))


def _tried_by(address: Address, cast: Cast) -> str:
    """Whose turn an address is in the gate of every push: one colleague's of those who may open it.
    At night it is everybody's."""
    assert address.policy
    some = ABOUT if address.policy.person else WHO
    able = [who for who in some if cast[who].actor.holds(*address.policy.roles)]
    return able[zlib.crc32(address.name.encode()) % len(able)] if able else ""


def _pages(who: str, cast: Cast, *, night: bool) -> Iterator[str]:
    colleague = cast[who]
    for address in addresses():
        policy = address.policy
        if not policy or not colleague.actor.holds(*policy.roles):
            continue
        if not night and who != _tried_by(address, cast):
            continue
        people = [of_person(cast.person(one), cast) for one in ABOUT.get(who, ())]
        for objects in people if policy.person else [of_town(cast, colleague.town)]:
            yield address.at(objects)


def _forms(visitor: Any, who: str, cast: Cast, *, night: bool = False) -> list[Form]:
    """Each kind of form once, whoever it is about."""
    found: dict[Any, Form] = {}
    for url in _pages(who, cast, night=night):
        with transaction.atomic():
            response = visitor.get(url)
            transaction.set_rollback(True)
        if response.status_code != 200 or "html" not in response.headers["Content-Type"]:
            continue
        reader = Forms(url)
        reader.feed(response.content.decode())
        for form in reader.found:
            kind = _nobodys(form.action), *sorted(form.fields)
            if not form.action.startswith(("/accounts/", "/language", "/theme")):
                found.setdefault(kind, form)
    return list(found.values())


def _send(visitor: Any, form: Form, name: str, what: str | bytes) -> Any:
    """As a browser or a program would: lone surrogates and bytes go as they are."""
    kept = form.fields | dict.fromkeys(form.files, "")
    typed = {one: value for one, value in kept.items() if one != name}
    parts = [f"{quote(one)}={quote(value)}" for one, value in typed.items()]
    raw = what if isinstance(what, bytes) else what.encode(errors="surrogatepass")
    body = "&".join([*parts, f"{quote(name)}={quote(raw)}"])
    with transaction.atomic():
        if form.method == "post":
            said = "application/x-www-form-urlencoded"
            response = visitor.generic("POST", form.action, body, said)
        else:
            response = visitor.get(f"{form.action.partition('?')[0]}?{body}")
        transaction.set_rollback(True)
    return response


def _faults(
    visitor: Any,
    forms: list[Form],
    share: Callable[[str], list[Any]],
    *,
    fields: int | None = None,
) -> tuple[int, Any]:
    sent, found = 0, []
    for form in forms:
        for name in _of(form, fields):
            for what in share(f"{form.action} {name}"):
                response = _send(visitor, form, name, what)
                sent += 1
                if response.status_code >= 500 or SCRIPT.encode() in response.content:
                    found.append((response.status_code, form.action, name, what[:40]))
    return sent, found


def _of(form: Form, count: int | None) -> list[str]:
    """All fields, or so many in a row: in another form they begin elsewhere."""
    names = [*form.fields, *form.files]
    if not names or count is None:
        return names
    start = zlib.crc32(_nobodys(form.action).encode()) % len(names)
    return (names[start:] + names[:start])[:count]


def _nobodys(text: str) -> str:
    """Without the keys, which are others in every run."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "#", text)


def _some(key: str) -> list[str | bytes]:
    """One of the corpus, another for each field, the same in every run."""
    turn = zlib.crc32(_nobodys(key).encode())
    return [CORPUS[turn % len(CORPUS)]]


def _visitor(who: str, cast: Cast, sign_in: Callable[..., Any]) -> Any:
    visitor = sign_in(cast[who])
    visitor.raise_request_exception = False
    return visitor


class Trial:
    """A colleague who tries all that may be tried. The forms they meet are the same for each test:
    nothing that is sent stays."""

    def __init__(self, who: str) -> None:
        self.who = who
        self.met: dict[bool, list[Form]] = {}

    def forms(self, visitor: Any, cast: Cast, *, night: bool = False) -> list[Form]:
        if night not in self.met:
            self.met[night] = _forms(visitor, self.who, cast, night=night)
        return self.met[night]


@pytest.fixture(scope="module", params=WHO)
def trial(request: pytest.FixtureRequest) -> Trial:
    """Of the module, so that the tests of one colleague follow each other."""
    return Trial(request.param)


def test_in_the_gate_every_page_has_somebody_who_tries_it(cast: Cast) -> None:
    ours = [one for one in addresses() if one.policy and one.policy.roles]
    left = [one.name for one in ours if not _tried_by(one, cast)]
    assert not left


def test_no_field_of_any_form_breaks_a_page(
    trial: Trial, cast: Cast, sign_in: Callable[..., Any]
) -> None:
    visitor = _visitor(trial.who, cast, sign_in)
    forms = trial.forms(visitor, cast)
    sent, found = _faults(visitor, forms, _some, fields=PUSH)
    assert found == []
    assert sent >= len(forms)


def _says(visitor: Any, form: Form, said: dict[str, str]) -> int:
    with transaction.atomic():
        status: int = visitor.post(form.action, said).status_code
        transaction.set_rollback(True)
    return status


def test_no_field_that_is_missing_breaks_a_page(
    trial: Trial, cast: Cast, sign_in: Callable[..., Any]
) -> None:
    """A field left out of what is sent, a button pressed with nothing beside it: one in four."""
    visitor = _visitor(trial.who, cast, sign_in)
    assert _without(visitor, trial.forms(visitor, cast), every=4) == []


@pytest.mark.night
def test_no_field_at_all_that_is_missing_breaks_a_page(
    trial: Trial, cast: Cast, sign_in: Callable[..., Any]
) -> None:
    visitor = _visitor(trial.who, cast, sign_in)
    assert _without(visitor, trial.forms(visitor, cast, night=True), every=1) == []


def _without(visitor: Any, forms: list[Form], *, every: int) -> list[Any]:
    found: list[Any] = []
    for turn, form in enumerate(forms):
        if form.method != "post" or form.files:
            continue
        filled = {name: value for name, value in form.fields.items() if name != "submission"}
        sent = [dict([one]) for one in form.buttons]
        sent += [filled | dict([one]) for one in form.buttons]
        sent += [{n: v for n, v in filled.items() if n != name} for name in filled]
        some = sent[turn % every :: every]
        found += [(form.action, said) for said in some if _says(visitor, form, said) >= 500]
    return found


@pytest.mark.night
def test_all_of_the_corpus_in_every_field(
    trial: Trial, cast: Cast, sign_in: Callable[..., Any]
) -> None:
    visitor = _visitor(trial.who, cast, sign_in)
    forms = trial.forms(visitor, cast, night=True)
    _sent, found = _faults(visitor, forms, lambda key: list(CORPUS))
    assert found == []


ASKED = ("q", "page", "sort", "show", "to", "enrolment", "number", "day", "before", "rule", "left")


def test_no_question_in_an_address_breaks_a_page(
    trial: Trial, cast: Cast, sign_in: Callable[..., Any]
) -> None:
    visitor = _visitor(trial.who, cast, sign_in)
    names = lambda turn: [ASKED[turn % len(ASKED)]]  # noqa: E731 said where it is used
    pages = _pages(trial.who, cast, night=False)
    assert _asked(visitor, pages, names, together=True) == []


@pytest.mark.night
def test_no_question_of_all_of_them_breaks_a_page(
    trial: Trial, cast: Cast, sign_in: Callable[..., Any]
) -> None:
    pages = _pages(trial.who, cast, night=True)
    visitor = _visitor(trial.who, cast, sign_in)
    assert _asked(visitor, pages, lambda turn: list(ASKED), together=False) == []


LAST = {"day": "9999-12-31"}


def _asked(
    visitor: Any,
    pages: Iterator[str],
    names: Callable[[int], list[str]],
    *,
    together: bool,
) -> list[Any]:
    """`together`: beside the last day there is; each alone where a page does not open to both."""
    found: list[Any] = []

    def ask(url: str, name: str, what: str | bytes, beside: dict[str, str] | None = None) -> bool:
        status = _send(visitor, Form(url, "get", beside or {}), name, what).status_code
        if status >= 500:
            found.append((url, name, what))
        return bool(status == 200)

    for turn, url in enumerate(pages):
        asked = [(name, what) for name in names(turn) for what in _some(f"{turn} {name}")]
        both = together and all(name not in LAST for name, _ in asked)
        if both and all(ask(url, *one, LAST) for one in asked):
            continue
        for one in (*asked, *LAST.items()):
            ask(url, *one)
    return found


COOKIES = (
    '"\\000aaaaaaaaaa"',
    '"\\355\\240\\200aaaaaa"',
    "a" * 20_000,
    "%00aaaaaaaaaa",
    '"',
    "=;=",
)


@pytest.mark.parametrize("cookie", COOKIES, ids=range(len(COOKIES)))
@pytest.mark.parametrize("name", ["session", "csrftoken", "messages", "django_language", "theme"])
def test_a_cookie_that_cannot_be_is_no_cookie(name: str, cookie: str, visitor: Any) -> None:
    visitor.raise_request_exception = False
    sent = {"HTTP_COOKIE": f"{name}={cookie}"}
    assert visitor.get("/accounts/login/", **sent).status_code == 200
    assert visitor.get("/people/", **sent).status_code == 302


TYPES = (
    "application/json", "multipart/form-data", "multipart/form-data; boundary=", "text/xml", "",
    "multipart/form-data; boundary=aa; charset=utf-16",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=nonsense",
)  # fmt: skip
BODIES = (
    b"", b"\x00", b"x" * 3_000_000, b"[" * 100_000, b"&" * 5_000, b"a=%ff%fe", b"--aa--",
    b"&".join(b"a%d=1" % turn for turn in range(5_000)),
    b'--aa\r\nContent-Disposition: form-data; name="x',
    b'--aa\r\nContent-Disposition: form-data; name="f"; filename="..\\\x00"\r\n\r\nx\r\n--aa--\r\n',
)  # fmt: skip


@pytest.mark.parametrize("kind", TYPES, ids=range(len(TYPES)))
def test_no_body_of_any_kind_breaks_a_page(
    kind: str, cast: Cast, sign_in: Callable[..., Any]
) -> None:
    asta = _visitor("asta", cast, sign_in)
    for body in BODIES:
        for url in ("/referrals/new/", "/accounts/login/", "/theme", "/people/"):
            with transaction.atomic():
                answer = asta.generic("POST", url, body, kind)
                transaction.set_rollback(True)
            assert answer.status_code < 500, (url, kind, body[:30])


def test_a_strangers_file_is_not_even_read(cast: Cast, sign_in: Any, visitor: Any) -> None:
    """Files go to disk while they come, long before anybody asks who sends them."""
    size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1
    file = SimpleUploadedFile("list.csv", b"x" * size)
    assert visitor.post("/accounts/login/", {"file": file}).status_code == 413
    file.seek(0)
    assert sign_in(cast["asta"]).post("/referrals/new/", {"file": file}).status_code == 200
    with override_settings(LARGEST_REQUEST=size):
        file.seek(0)
        assert sign_in(cast["asta"]).post("/referrals/new/", {"file": file}).status_code == 413


@pytest.mark.parametrize("text", ["\x00", "a\ud800", "\udfff"])
def test_what_cannot_be_stored_is_known_as_such(text: str) -> None:
    assert _hostile(text)


@pytest.mark.parametrize("text", ["", "å", "\U0001f469", "x" * 100_000, "\u202e"])
def test_what_can_be_stored_passes(text: str) -> None:
    assert not _hostile(text)
