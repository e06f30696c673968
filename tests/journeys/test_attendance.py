"""A morning without a network: what the server takes is stored, what it refuses is said."""

from __future__ import annotations

import datetime as dt

from stegvis.journey.attendance.models import Attendance
from tests.cast.building import as_service
from tests.journeys.conftest import Enter
from tests.journeys.stage import Stage

# As if the one whose day was touched last had left the list while the network was away.
_LEAVES = """() => {
  const [name] = Object.keys(localStorage).filter((key) => key.startsWith("attendance-"));
  const rows = JSON.parse(localStorage[name]);
  rows.at(-1).slot = "0".repeat(20);
  localStorage[name] = JSON.stringify(rows);
  return rows.length;
}"""
_WAITING = (
    """() => Object.keys(localStorage).filter((key) => key.startsWith("attendance-")).length"""
)


def _workday(stage: Stage) -> dt.date:
    day = dt.date.fromisoformat(stage.day(0))
    return day - dt.timedelta(days=max(0, day.isoweekday() - 5))


def test_one_refused_touch_of_a_morning_leaves_the_others_stored(
    enter: Enter, stage: Stage
) -> None:
    day = _workday(stage)
    with enter("asta") as hands:
        hands.go("/".join(("", "attendance", str(day), "work", "")))
        page = hands.page
        context = page.context
        people = page.locator("fieldset[data-slot]")
        assert people.count() >= 2
        page.wait_for_load_state("networkidle")
        context.set_offline(True)
        for n in range(2):
            people.nth(n).locator("label.o.h").click()
        assert page.evaluate(_LEAVES) == 2
        context.set_offline(False)
        page.locator("[data-is=done]").click()
        page.locator("[data-is=refused]", has_text="Inte längre i din lista").wait_for()
        page.wait_for_function(_WAITING.replace("length", "length === 0"))
    with stage.backstage(), as_service(stage.cast.ekdala.tenant):
        assert Attendance.attendances.filter(on=day).count() == 1
