"""One behaviour as the page shows it: what is known, what to ask next, and the forms."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import get_language_bidi as is_rtl
from django.utils.translation import gettext as _

from stegvis.core.programme.draw import CurvePicture, Series
from stegvis.journey.motivation import actions, facts, forms
from stegvis.journey.motivation.access import crosses
from stegvis.journey.motivation.models import MOST, Ruler, Stage, TargetBehaviour
from stegvis.journey.motivation.words import AREAS, GUIDES, STAGES
from stegvis.platform.journal.visit import Visit

FORMS: dict[str, type[forms.Talk]] = {
    "stage": forms.StageForm,
    "ruler": forms.RulerForm,
    "cross": forms.CrossForm,
    "analysis": forms.AnalysisForm,
    "relapse": forms.RelapseForm,
    "coping": forms.CopingForm,
    "answer": forms.AnswerForm,
}
LOWER = 3  # "important is 7. Why not 4?"


class Sheet:
    """`sent` names the form that was sent; the others are drawn empty."""

    def __init__(self, behaviour: TargetBehaviour, visit: Visit, *, sent: str, data: Any) -> None:
        self.behaviour, self.visit, self.sent = behaviour, visit, sent
        self.stages = list(behaviour.stages.order_by("on", "created_at", "id"))
        self.stage: Stage | None = self.stages[-1] if self.stages else None
        self.rulers = list(behaviour.rulers.order_by("on", "created_at", "id"))
        self.forms = {
            name: kind(
                data if name == sent else None,
                day=visit.scope.on,
                initial={"on": visit.scope.on},
                prefix=name,
            )
            for name, kind in FORMS.items()
        }

    @property
    def lands_on(self) -> str:
        """After a relapse the look at it is next; else where one wrote."""
        relapsed = self.sent == "stage" and (
            self.forms["stage"].cleaned_data["stage"] == Stage.Code.RELAPSE
        )
        return "s-relapse" if relapsed else f"s-{self.sent}"

    def write(self, data: dict[str, Any]) -> None:
        said = dict(data) | {"by": self.visit.actor}
        row = self.behaviour
        if self.sent == "cross":
            fields = {name: said.pop(name) for name in list(said) if name not in {"on", "by"}}
            fields["areas"] = tuple(fields["areas"])
            actions.fill_cross(row, actions.NewCross(**fields), **said)
            return
        verbs: dict[str, Any] = {
            "stage": actions.note_stage,
            "ruler": actions.read_rulers,
            "analysis": actions.analyse,
            "relapse": actions.look_at_relapse,
            "coping": actions.cope,
            "answer": actions.answer,
        }
        verbs[self.sent](row, **said)

    def context(self) -> dict[str, Any]:
        row = self.behaviour
        relapses = list(row.relapses.order_by("-on", "-created_at", "id"))
        return {
            "behaviour": row,
            "forms": self.forms,
            "sent": self.sent,
            "stages": self._stages(),
            "stage": self.stage,
            "guide": GUIDES[self.stage.stage] if self.stage else None,
            "questions": self._questions(),
            "picture": self._picture() if self.rulers else None,
            "rulers": self.rulers,
            "crosses": self._crosses(),
            "analyses": list(row.analyses.order_by("-on", "-created_at", "id")[:6]),
            "relapses": relapses,
            "asks_relapse": self._asks_relapse(relapses),
            "copings": list(row.copings.order_by("-on", "-created_at", "id")),
            "answers": list(row.answers.order_by("-on", "-created_at", "id")[:6]),
            "early": self.stage is None or self.stage.stage in facts.EARLY,
            "plan_url": self._plan_url(),
        }

    def _stages(self) -> list[dict[str, Any]]:
        latest = {stage.stage: stage.on for stage in self.stages}
        here = self.stage.stage if self.stage else ""
        return [
            {"name": name, "on": latest.get(code), "current": code == here}
            for code, name in STAGES.items()
        ]

    def _questions(self) -> list[str]:
        """The rulers' own first: why not less, what would make it more."""
        asked: list[str] = []
        last: Ruler | None = self.rulers[-1] if self.rulers else None
        if last and last.importance:
            values = {"n": last.importance, "less": max(last.importance - LOWER, 0)}
            asked.append(_("Important is %(n)s. Why not %(less)s?") % values)
        if last and last.confidence < MOST:
            values = {"n": last.confidence, "more": last.confidence + 1}
            asked.append(_("Sure is %(n)s. What would make it %(more)s?") % values)
        guide = GUIDES[self.stage.stage] if self.stage else GUIDES["precontemplation"]
        return [*asked, *(str(question) for question in guide.questions)]

    def _picture(self) -> CurvePicture:
        first, last = self.rulers[0], self.rulers[-1]
        return CurvePicture(
            key="rulers",
            title=_("Two rulers"),
            desc=_("Important from %(i)s to %(j)s, sure from %(c)s to %(d)s, in %(n)s talks.")
            % {
                "i": first.importance,
                "j": last.importance,
                "c": first.confidence,
                "d": last.confidence,
                "n": len(self.rulers),
            },
            series=(
                Series(_("How important"), [(one.on, one.importance) for one in self.rulers]),
                Series(_("How sure"), [(one.on, one.confidence) for one in self.rulers]),
            ),
            low=0,
            high=MOST,
            lang=get_language() or "sv",
            rtl=is_rtl(),
        )

    def _crosses(self) -> list[dict[str, Any]]:
        return [
            {"row": row, "areas": [AREAS[area] for area in row.areas if area in AREAS]}
            for row in crosses(self.behaviour, self.visit.actor)[:3]
        ]

    def _asks_relapse(self, relapses: list[Any]) -> bool:
        if self.stage is None or self.stage.stage != Stage.Code.RELAPSE:
            return False
        return all(one.stage_id != self.stage.pk for one in relapses)

    def _plan_url(self) -> str:
        """The plan's room stands after this one; where it is not there yet there is no link."""
        try:
            return reverse("plan", args=[self.behaviour.person_id])
        except NoReverseMatch:
            return ""
