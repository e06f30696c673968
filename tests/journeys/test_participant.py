"""The participant's own pages, as somebody meets them who reads little: by pictures alone, from
right to left, on a small telephone, in the dark, without scripts."""

from __future__ import annotations

from typing import Any

import pytest

from stegvis.journey.voices.actions import give_link, give_pictures, share_device
from stegvis.journey.voices.models import Message
from stegvis.platform.accounts import doors
from stegvis.platform.tenancy.scope import scope
from tests.cast.building import as_member
from tests.journeys.conftest import Enter
from tests.journeys.hands import Hands
from tests.journeys.stage import Stage

PAGES = (
    "", "late/", "ill/", "call/", "told/", "write/", "plan/", "folder/", "shared/", "reads/",
    "plan/read/", "plan/words/", "plan/otherwise/", "plan/how/", "plan/rate/", "reports/", "time/",
    "situation/", "papers/", "instead/", "cross/",
)  # fmt: skip
DOORS = ("in/", "in/pictures/", "in/no-such-link/")
LOOKS = [
    (320, "dark"),
    pytest.param(820, "light", marks=pytest.mark.night),
    pytest.param(320, "light", marks=pytest.mark.night),
    pytest.param(820, "dark", marks=pytest.mark.night),
]
PICKED = ("bus", "key", "plant", "flag")
# Every word unseen: what is left are pictures, their places and their colours.
WORDLESS = """
  * { color: transparent !important; text-shadow: none !important }
  svg text, svg.stair text { fill: transparent !important }
  textarea, input { color: transparent !important }
"""


def _messages(stage: Stage) -> list[tuple[str, int | None]]:
    with stage.backstage(), scope(stage.cast.ekdala.tenant, service="test"):
        rows = Message.messages.standing().order_by("created_at", "id")
        return list(rows.values_list("kind", "minutes"))


def _hide_words(hands: Hands) -> None:
    """Past the content policy, which lets no style in from elsewhere."""
    hands.page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
        " document.adoptedStyleSheets = [sheet] }",
        WORDLESS,
    )
    seen = hands.page.evaluate("getComputedStyle(document.querySelector('main h2, main h1')).color")
    assert seen.endswith(", 0)"), "no word is to be seen"


def _press_picture(hands: Hands, shapes: str) -> None:
    """Press what bears the drawing: found by what it looks like, never by what it says."""
    hands.page.locator(f"main a:has({shapes}), main button:has({shapes})").first.click()
    hands.presses += 1


LATE = "svg path[d^='M44 10h16']"  # a clock with wind behind it
QUARTER = "svg path[d^='M32 32V6A26 26 0 0 1 58']"  # a quarter of a dial


@pytest.mark.requirement("X-09")
@pytest.mark.parametrize("language", ["sv", "ar"])
def test_i_am_late_is_said_by_pictures_alone_in_two_presses(
    enter: Enter, stage: Stage, language: str
) -> None:
    before = len(_messages(stage))
    with enter("olle", width=390) as hands:
        _speak(hands, stage, language)
        hands.go("/my/")
        way = hands.page.evaluate("document.documentElement.dir")
        assert way == ("rtl" if language == "ar" else "ltr")
        _hide_words(hands)
        _press_picture(hands, LATE)
        _hide_words(hands)
        _press_picture(hands, QUARTER)
        hands.page.wait_for_url("**/my/told/")
        assert hands.presses == 2
        if language == "ar":
            stair = _stair(hands.go("/my/plan/"))
            assert stair == sorted(stair, reverse=True), "the stair climbs towards the left"
    assert _messages(stage)[before:] == [("late", 15)]


def _speak(hands: Hands, stage: Stage, language: str) -> None:
    cookie = {"name": "django_language", "value": language, "url": stage.address}
    hands.page.context.add_cookies([cookie])


def _stair(hands: Hands) -> list[float]:
    """Where the steps stand, from the first to the last."""
    found: list[float] = hands.page.eval_on_selector_all(
        ".stair text", "all => all.map(one => one.getBoundingClientRect().x)"
    )
    return found


@pytest.mark.requirement("X-09")
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_can_be_used_by_everyone(
    enter: Enter, stage: Stage, width: int, scheme: str
) -> None:
    faults: list[str] = []
    for language in ("sv", "ar"):
        with enter("olle", width=width, scheme=scheme) as hands:
            _speak(hands, stage, language)
            hands.go("/my/call/").page.locator("main button[name=yes]").click()
            for path in PAGES:
                hands.go(f"/my/{path}")
                faults += [f"{language} {path}: {fault}" for fault in hands.look()]
    with enter("", width=width, scheme=scheme) as hands:
        for path in DOORS:
            hands.go(f"/my/{path}")
            faults += [f"{path}: {fault}" for fault in hands.look()]
    assert "\n".join(faults) == ""


@pytest.fixture
def link(stage: Stage) -> Any:
    cast = stage.cast
    with stage.backstage(), as_member(cast["aron"]):
        return give_link(cast.person("same_unit").person, by=cast["aron"].actor)


@pytest.mark.requirement("X-09")
def test_with_link_and_code_without_scripts_from_the_door_to_taking_it_back(
    enter: Enter, stage: Stage, link: Any
) -> None:
    before = len(_messages(stage))
    with enter("", width=320, script=False) as hands:
        hands.go(f"/my/in/{link.token}/").write("Dina 6 siffror", link.code)
        hands.press("button", "Gå in")
        assert hands.path == "/my/"
        hands.press("link", "Jag är sjuk").press("button", "Ja, jag är sjuk")
        assert hands.sees("Vi vet att du är sjuk")
        hands.press("button", "Ångra")
        assert hands.path == "/my/"
        hands.press("button", "Bra")
        hands.press("button", "Lämna sidan")
        assert hands.path == "/my/in/"
        hands.go("/my/")
        assert hands.path.startswith("/my/in/")
    assert len(_messages(stage)) == before


@pytest.mark.requirement("X-09", "X-03")
def test_pictures_on_a_shared_tablet_and_nothing_left_behind(enter: Enter, stage: Stage) -> None:
    cast = stage.cast
    with stage.backstage(), as_member(cast["asta"]):
        token = share_device(cast.ekdala.units[0], "Tvätten", by=cast["asta"].actor)
        there = doors.device_of(token)
        assert there
        own = cast.person("ended").person
    with stage.backstage(), as_member(cast["aron"]):
        give_pictures(own, there.pk, picture="wash", picked=PICKED, by=cast["aron"].actor)
    with enter("", width=820) as hands:
        cookie = {"name": "device", "value": token, "url": stage.address, "httpOnly": True}
        hands.page.context.add_cookies([cookie])
        hands.go("/my/")
        assert hands.path == "/my/in/pictures/"
        for name in ("wash", *PICKED):
            hands.page.locator(f"main button[value={name}]").click()
        hands.page.wait_for_url("**/my/")
        assert hands.sees("I dag")
        hands.send("Lämna sidan")
        # The browser clears what it kept, and may change the page's process while it does.
        hands.page.wait_for_load_state("networkidle")
        assert hands.path == "/my/in/pictures/"
        hands.page.wait_for_timeout(500)
        hands.page.go_back()
        assert cast.person("ended").given not in hands.page.content(), "the way back shows nothing"
        assert hands.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_button_that_reads_aloud_is_there_only_with_a_voice_of_the_language(
    enter: Enter,
) -> None:
    with enter("olle", width=390) as hands:
        for voices, heard in ("[{lang: 'en-US'}]", False), ("[{lang: 'sv-SE'}]", True):
            hands.page.add_init_script(
                "Object.defineProperty(window, 'speechSynthesis', {value: {getVoices: () => "
                f"{voices}, cancel() {{}}, speak(one) {{ window.said = one }}}},"
                " configurable: true});"
                "window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }"
            )
            hands.go("/my/")
            assert (hands.page.locator("[data-listen]:visible").count() > 0) is heard
        hands.page.locator("section[aria-labelledby=road] [data-listen]").click()
        said = hands.page.evaluate("({text: window.said.text, lang: window.said.lang})")
        assert said["lang"] == "sv-SE"
        assert "Du är på steg 2 av 6." in said["text"]
        assert "Lyssna" not in said["text"]
