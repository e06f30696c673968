"""The staff of the two municipalities, and what each could do first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stegvis.platform.accounts.models import Role

PASSWORD = "en-trappa-i-taget"  # noqa: S105 -- of nobody: the demo refuses production


@dataclass(frozen=True, slots=True)
class Town:
    """`units`: code → name, kind and track (which of a programme's name sets is spoken there)."""

    slug: str
    name: str
    country: str
    units: dict[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class DemoUser:
    """`grants`: role and unit code; "" is the whole municipality. `left`: how many days ago."""

    key: str
    name: str
    town: str
    title: str
    unit: str
    grants: tuple[tuple[Role, str], ...]
    task: str | Promise = ""
    left: int | None = None

    @property
    def email(self) -> str:
        return f"{self.key}@{self.town}.example"

    @property
    def role(self) -> Role:
        """The one they are introduced by."""
        return self.grants[0][0]

    @property
    def signature(self) -> str:
        return "".join(part[0] for part in self.name.split())


EKDALA = Town(
    slug="ekdala",
    name="Ekdala kommun",
    country="SE",
    units={
        "ame": ("Arbetsmarknadsenheten", "office", "ame"),
        "ac": ("Arbetscentrum", "workshop", "ac"),
        "pv": ("Praktiska arbetsplatser", "workplaces", ""),
        "ji": ("JOBBINVEST Ekdala", "project", ""),
    },
)
BIRKESO = Town(
    slug="birkeso",
    name="Birkesø Kommune",
    country="DK",
    units={"jobcenter": ("Jobcenter", "office", "")},
)
TOWNS = (EKDALA, BIRKESO)

WORKER, SUPERVISOR, MEDIATOR = Role.CASE_WORKER, Role.WORK_SUPERVISOR, Role.JOB_MEDIATOR


def _user(
    email: str,
    name: str,
    title: str,
    grants: tuple[tuple[Role, str], ...],
    task: str | Promise = "",
    *,
    left: int | None = None,
) -> DemoUser:
    key, town = email.split("@")
    unit = next((unit for _role, unit in grants if unit), "")
    return DemoUser(key, name, town, title, unit, grants, task, left)


DEMO_USERS: tuple[DemoUser, ...] = (
    _user(
        "karin@ekdala",
        "Karin Ekwall",
        "Arbetsmarknadssekreterare",
        ((WORKER, "ame"),),
        _("Open My day, then Rosa Vidfors, and decide whether she goes on to step 3."),
    ),
    _user("mats@ekdala", "Mats Lundhede", "Arbetsmarknadssekreterare", ((WORKER, "ame"),)),
    _user("annika@ekdala", "Annika Sörholt", "Arbetsmarknadssekreterare", ((WORKER, "ame"),)),
    _user(
        "gunilla@ekdala",
        "Gunilla Rosenlid",
        "Arbetsmarknadssekreterare",
        ((WORKER, "ame"),),
        left=40,
    ),
    _user("rickard@ekdala", "Rickard Ålbrant", "Handläggare", ((WORKER, "ac"),)),
    _user(
        "jonas@ekdala",
        "Jonas Brandell",
        "Arbetshandledare, snickeriet",
        ((SUPERVISOR, "ac"),),
        _("Open Participants and see the same steps under the names the workshop uses."),
    ),
    _user("vera@ekdala", "Vera Tallmo", "Arbetshandledare, tvätten", ((SUPERVISOR, "ac"),)),
    _user("mona@ekdala", "Mona Brinkfors", "Arbetshandledare, köket", ((SUPERVISOR, "ac"),)),
    _user("eva@ekdala", "Eva Dalhemmer", "Handläggare", ((WORKER, "pv"),)),
    _user("leif@ekdala", "Leif Spånskär", "Arbetshandledare", ((SUPERVISOR, "pv"),)),
    _user("petra@ekdala", "Petra Vinterby", "Lärcoach", ((WORKER, "ji"), (MEDIATOR, "ji"))),
    _user("hassan@ekdala", "Hassan Lindkulla", "Jobbcoach", ((MEDIATOR, "ji"),)),
    _user(
        "birgitta@ekdala",
        "Birgitta Almgård",
        "Enhetschef",
        ((Role.UNIT_MANAGER, "ame"), (Role.UNIT_MANAGER, "ac")),
        _("Open Participants for the whole unit and see who has waited longest."),
    ),
    _user(
        "ulf@ekdala",
        "Ulf Stensele",
        "Enhetschef",
        ((Role.UNIT_MANAGER, "pv"), (Role.UNIT_MANAGER, "ji")),
    ),
    _user(
        "maj@ekdala",
        "Maj Fridlunda",
        "Systemansvarig",
        ((Role.ADMINISTRATOR, ""),),
        _("Open Administration and give a colleague a role, with the reason."),
    ),
    _user(
        "rut@ekdala",
        "Rut Ekensele",
        "Logggranskare",
        ((Role.LOG_REVIEWER, ""),),
        _("Open Who has read and see which reads stand out."),
    ),
    _user(
        "gudrun@ekdala",
        "Gudrun Hagfors-Ö",
        "Ansvarig för skyddade personuppgifter",
        ((Role.PROTECTION_OFFICER, ""),),
        _("Find a protected person that nobody else can see."),
    ),
    _user("nils@ekdala", "Nils Oxbrant", "Utvärderare", ((Role.EVALUATOR, ""),)),
    _user(
        "lone@birkeso",
        "Lone Kirkmose",
        "Personlig jobformidler",
        ((MEDIATOR, "jobcenter"), (WORKER, "jobcenter")),
        _("Open My day, then Mette Holmstrand, and read her road."),
    ),
    _user("bo@birkeso", "Bo Tangevad", "Koordinerende sagsbehandler", ((WORKER, "jobcenter"),)),
    _user("ditte@birkeso", "Ditte Skovagre", "Sagsbehandler", ((WORKER, "jobcenter"),)),
    _user("soren@birkeso", "Søren Æblevang", "Personlig jobformidler", ((MEDIATOR, "jobcenter"),)),
    _user("aase@birkeso", "Åse Holmtoft", "Personlig jobformidler", ((MEDIATOR, "jobcenter"),)),
    _user("jens@birkeso", "Jens Klitrup", "Sagsbehandler", ((WORKER, "jobcenter"),), left=25),
    _user(
        "inger@birkeso",
        "Inger Vestermark",
        "Afdelingsleder",
        ((Role.UNIT_MANAGER, "jobcenter"),),
        _("Open Participants for the whole jobcentre and see who has waited longest."),
    ),
    _user(
        "poul@birkeso",
        "Poul Rishauge",
        "Systemansvarlig",
        ((Role.ADMINISTRATOR, ""),),
        _("Open Administration and read the programme binder."),
    ),
    _user("kirsten@birkeso", "Kirsten Dalebæk", "Logansvarlig", ((Role.LOG_REVIEWER, ""),)),
    _user(
        "vibeke@birkeso",
        "Vibeke Lyngenæs",
        "Ansvarlig for beskyttede adresser",
        ((Role.PROTECTION_OFFICER, ""),),
    ),
    _user("hanne@birkeso", "Hanne Strandbro", "Evaluator", ((Role.EVALUATOR, ""),)),
)
FIRST_TASKS: tuple[DemoUser, ...] = tuple(user for user in DEMO_USERS if user.task)
LEAVERS: tuple[DemoUser, ...] = tuple(user for user in DEMO_USERS if user.left is not None)


def of_town(slug: str) -> tuple[DemoUser, ...]:
    return tuple(user for user in DEMO_USERS if user.town == slug)
