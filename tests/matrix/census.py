"""The census of the database: every table, view, function and right, read from the catalogue.

`faults(connection)` gives one sentence per fault. What is excused stands in the lists below with a
reason, and an excuse that nothing needs any more is a fault too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg

Rows = list[dict[str, Any]]

LIBRARY = "of a library; knows users and jobs, no municipality and no participant"
WITHOUT_TENANT = {
    "account_emailaddress": "of allauth: a user's address for signing in",
    "account_emailconfirmation": "of allauth: a link sent to such an address",
    "accounts_user": "who signs in, before any municipality is known; memberships hang on tenants",
    "auth_group": "of Django, unused: roles are grants of a municipality",
    "auth_group_permissions": "of Django, unused",
    "auth_permission": "of Django: names of rights, unused",
    "django_content_type": "of Django: names of tables",
    "django_migrations": "of Django: which migrations have run",
    "django_session": "of Django: sessions, read before the municipality is known",
    "mfa_authenticator": "of allauth: a user's second factor",
    "procrastinate_events": LIBRARY,
    "procrastinate_jobs": LIBRARY,
    "procrastinate_periodic_defers": LIBRARY,
    "procrastinate_workers": LIBRARY,
    "tenancy_tenant": "the municipalities themselves: their names are no secret",
}
MAY_DELETE = {
    "employers_completed": "a tick taken back; that it was there stays remembered",
    "employers_openingrequirement": "what is asked no more; that it was stays remembered",
    "account_emailaddress": "a user changes their address",
    "account_emailconfirmation": "a link is used up",
    "drafts_draft": "what is sent or thrown away is kept no longer",
    "django_session": "signing out ends the session",
    "motivation_cross": "the person's own words, which the person may take away",
    "mfa_authenticator": "a lost telephone's factor is removed",
    "week_proposedweek": "a proposal that is thrown away; it was never anybody's week",
    "days_logline": "a line taken back by whoever wrote it; what it was stays remembered",
    "days_tick": "a tick taken back; that it was there stays remembered",
    "workplaces_breaktime": "a break nobody has any more; what it was stays remembered",
    "week_slot": "a half day that is moved; what it was stays in the table of earlier states",
    "week_taken": "a half day that is free again; what it was stays remembered",
    "procrastinate_events": "a job's trace goes with the job",
    "procrastinate_jobs": "done jobs are cleared away",
    "procrastinate_periodic_defers": "done jobs are cleared away",
    "procrastinate_workers": "a worker that has gone is forgotten",
}
ONLY_ADDED_TO = {
    "agreements_employerhours",
    "agreements_shareanswer",
    "agreements_signature",
    "agreements_workplaceform",
    "days_briefed",
    "days_briefing",
    "days_hand",
    "days_vehiclecheck",
    "employers_headcount",
    "employers_partnershipsigned",
    "employers_partnershipversion",
    "employers_sharedopening",
    "followups_evaluation",
    "followups_needresult",
    "followups_outcomecheck",
    "followups_pulse",
    "followups_readysoon",
    "hours_handover",
    "hours_hoursentry",
    "incidents_measured",
    "incidents_writtenwarning",
    "intake_equalanswer",
    "intake_toldreferrer",
    "journal_event",
    "mapping_assessment",
    "mapping_cited",
    "mapping_jobgoal",
    "mapping_paper",
    "mediation_appointment",
    "mediation_exchange",
    "mediation_sparredcase",
    "mediation_sparring",
    "mediation_touch",
    "motivation_analysis",
    "motivation_answer",
    "motivation_relapse",
    "motivation_ruler",
    "motivation_stage",
    "placements_dropout",
    "placements_dropoutexception",
    "placements_earlytrial",
    "placements_firstmeasures",
    "placements_placementdecision",
    "plans_acknowledgement",
    "plans_activitymark",
    "plans_choice",
    "plans_goalreview",
    "plans_saving",
    "plans_saying",
    "reports_dispatch",
    "screening_notice",
    "standing_judged",
    "steps_stepdecision",
    "waivers_waiver",
    "week_published",
    "week_review",
    "week_whyapart",
    "week_wish",
    "work_areachoice",
    "work_showing",
    "work_shownarea",
}
OTHER_POLICIES = {
    ("accounts_member", "own"): "one's own memberships, while signing in picks the municipality"
}
ACROSS = "tells another municipality of places by agreement, never of persons (decision 0040)"
DEFINERS = {
    "employers_accept_pact": ACROSS,
    "employers_answer": ACROSS,
    "employers_ask": ACROSS,
    "employers_end_pact": ACROSS,
    "employers_offer_pact": ACROSS,
    "employers_publish": ACROSS,
    "background_forget": "deletes drug tests whose day has come; the app role may delete nothing",
    "incidents_forget": "deletes values whose day has come; the app role may delete nothing",
    "imports_undo": "takes a file back that nobody has touched; the app role may delete nothing",
    "imports_undo_firms": "the same of companies, that no other room speaks of",
    "placements_counted": "how many the law counts at a site, of all units; nobody protected",
    "placements_taken": "how many are placed at an opening, of all units; nobody protected",
    "placements_full": "whether an opening has as many as it offers; nobody protected",
    "journal_months": "adds the journal's coming months; the app role may not make tables",
}
BARE_KEYS = {
    (
        "journal_event",
        "tenant_id",
    ): "checked once, by the head of the chain",
    ("journal_submission", "tenant_id"): "named by the gate, never by a visitor",
    ("journal_submission", "member_id"): "named by the gate, never by a visitor",
}
INDEXED_TWICE = {
    ("accounts_member", "user_id"): "signing in looks before any municipality is known",
    ("boards_todayline", "board_id"): "is told with others of its kind, which need it",
}
GUARDED_OTHERWISE: dict[str, str] = {}
"""Tables with a person_id that need no person's wall, and why."""
TENANT = "(tenant_id = ( SELECT stegvis_tenant() AS stegvis_tenant))"
REACH = (
    "(( SELECT stegvis_service() AS stegvis_service) OR ({column} = "
    "( SELECT stegvis_about() AS stegvis_about)) OR ({column} IN "
    "( SELECT stegvis_reach() AS stegvis_reach)))"
)
APP = "stegvis_app"

TABLES = """
select c.oid, c.relname as name, c.relispartition as part, c.relkind = 'p' as parted,
       c.relrowsecurity as walled, c.relforcerowsecurity as forced,
       pg_get_userbyid(c.relowner) as owner,
       array(select attname::text from pg_attribute
              where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
       array(select attname::text from pg_attribute
              where attrelid = c.oid and attnum > 0 and attnotnull) as needed,
       array(select p from unnest(array['SELECT','INSERT','UPDATE','DELETE','TRUNCATE',
             'REFERENCES','TRIGGER']) p where has_table_privilege(%(app)s, c.oid, p)) as rights
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
 order by c.relname"""
POLICIES = """
select c.relname as table, polname as name, polpermissive as permissive, polcmd::text as verb,
       pg_get_expr(polqual, polrelid) as using, pg_get_expr(polwithcheck, polrelid) as check,
       polroles::oid[] as roles
  from pg_policy p join pg_class c on c.oid = p.polrelid order by 1, 2"""
KEYS = """
select c.relname as table, k.conname as name, k.contype::text as kind,
       coalesce(f.relname, '') as target, k.convalidated as valid,
       array(select attname::text from unnest(k.conkey) with ordinality u(n, o)
               join pg_attribute on attrelid = k.conrelid and attnum = n order by o) as columns,
       array(select attname::text from unnest(k.confkey) with ordinality u(n, o)
               join pg_attribute on attrelid = k.confrelid and attnum = n order by o) as targets
  from pg_constraint k join pg_class c on c.oid = k.conrelid
  left join pg_class f on f.oid = k.confrelid
 where c.relnamespace = 'public'::regnamespace and k.contype in ('f', 'u') order by 1, 2"""
INDEXES = """
select c.relname as table, x.relname as name, i.indisprimary as primary, i.indisunique as unique,
       i.indpred is not null as partial,
       array(select a.attname::text from unnest(i.indkey) with ordinality u(n, o)
               join pg_attribute a on a.attrelid = c.oid and a.attnum = u.n order by o) as columns
  from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
 where c.relnamespace = 'public'::regnamespace order by 1, 2"""
VIEWS = """
select relname as name, relkind::text as kind, coalesce(reloptions, '{}') as options
  from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')"""
FUNCTIONS = """
select proname as name, prosecdef as definer, coalesce(proconfig, '{}') as settings,
       pg_get_userbyid(proowner) as owner
  from pg_proc where pronamespace = 'public'::regnamespace and prosecdef"""
ROLE = """
select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication,
       (select count(*) from pg_auth_members where member = r.oid) as belongs,
       (select count(*) from pg_class where relowner = r.oid) as owns,
       has_schema_privilege(r.oid, 'public', 'CREATE') as makes
  from pg_roles r where rolname = %(app)s"""


class Catalogue:
    """What the catalogue says, read once."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        def rows(query: str) -> Rows:
            cursor = connection.cursor(row_factory=psycopg.rows.dict_row)
            return cursor.execute(query, {"app": APP}).fetchall()

        self.tables = rows(TABLES)
        self.policies = rows(POLICIES)
        self.keys = rows(KEYS)
        self.indexes = rows(INDEXES)
        self.views = rows(VIEWS)
        self.functions = rows(FUNCTIONS)
        self.role = rows(ROLE)[0]

    @property
    def tenant_tables(self) -> Rows:
        return [t for t in self.tables if "tenant_id" in t["columns"] and not t["part"]]

    def of(self, kind: str, table: str) -> Rows:
        return [row for row in getattr(self, kind) if row["table"] == table]


def _without_tenant(all_: Catalogue) -> Iterator[str]:
    found = {t["name"] for t in all_.tables if "tenant_id" not in t["columns"]}
    for name in sorted(found - WITHOUT_TENANT.keys()):
        yield f"{name} has no tenant_id and no reason to lack it"
    for name in sorted(WITHOUT_TENANT.keys() - found):
        yield f"{name} is excused from having a tenant, and needs no excuse"


def _walls(all_: Catalogue) -> Iterator[str]:
    for table in all_.tenant_tables:
        name = table["name"]
        if not (table["walled"] and table["forced"]):
            yield f"{name} has no forced row security"
        policies = {p["name"]: p for p in all_.of("policies", name)}
        tenant = policies.pop("tenant", None)
        wanted = {"using": TENANT, "check": TENANT, "verb": "*", "roles": [0], "permissive": True}
        if tenant is None or not wanted.items() <= tenant.items():
            yield f"{name} has not the tenant's policy"
        for policy in policies.values():
            if policy["permissive"] and (name, policy["name"]) not in OTHER_POLICIES:
                yield f"{name} is opened wider by the policy {policy['name']}"


def _persons(all_: Catalogue) -> Iterator[str]:
    for table in all_.tenant_tables:
        name = table["name"]
        column = "id" if name in {"people_person", "people_personbefore"} else "person_id"
        if column not in table["columns"] or name in GUARDED_OTHERWISE:
            continue
        wanted = {
            (f"person_{verb}", letter, REACH.format(column=column))
            for verb, letter in (("select", "r"), ("update", "w"), ("delete", "d"))
            if letter == "r" or not name.endswith("before")  # only added to: see _rights
        }
        has = {
            (p["name"], p["verb"], p["using"])
            for p in all_.of("policies", name)
            if not p["permissive"] and p["roles"] == [0]
        }
        if not wanted <= has:
            yield f"{name} has not the person's policies"


def _keys(all_: Catalogue) -> Iterator[str]:
    tenants = {t["name"] for t in all_.tenant_tables}
    homes = _homes(all_, tenants)
    for table in all_.tenant_tables:
        name = table["name"]
        if name.endswith("before"):
            continue  # earlier states of a row, written by its trigger, tied to nothing
        keys = all_.of("keys", name)
        tied = {k["columns"][-1] for k in keys if k["kind"] == "f" and _is_whole(k, tenants)}
        tied |= {"tenant_id"} if name in homes else set()
        for column in table["columns"]:
            if column.endswith("_id") and column not in tied and (name, column) not in BARE_KEYS:
                yield f"{name}.{column} is not tied by (tenant_id, {column})"
        for key in keys:
            if key["kind"] == "f" and not _is_whole(key, tenants):
                yield f"{name}.{key['name']} points past the tenant"
    yield from _keys_from_outside(all_, tenants)


def _homes(all_: Catalogue, tenants: set[str]) -> set[str]:
    """Tables whose every row belongs to a municipality there is: by a key of its own, or because
    it must point at a row of such a table together with its tenant."""
    needed = {t["name"]: {*t["needed"]} for t in all_.tenant_tables}
    keys = [k for k in all_.keys if k["kind"] == "f" and k["table"] in tenants]
    keys = [k for k in keys if _is_whole(k, tenants) and needed[k["table"]] >= {*k["columns"]}]
    found = {"tenancy_tenant"}
    while more := {k["table"] for k in keys if k["target"] in found} - found:
        found |= more
    return found


def _is_whole(key: dict[str, Any], tenants: set[str]) -> bool:
    """Into a tenant's table only together with the tenant; the two others have no tenant."""
    if key["target"] in {"tenancy_tenant", "accounts_user"}:
        return key["targets"] == ["id"] and bool(key["valid"])
    return (
        key["target"] in tenants
        and key["columns"][0] == "tenant_id"
        and key["targets"] == ["tenant_id", "id"]
        and bool(key["valid"])
    )


def _keys_from_outside(all_: Catalogue, tenants: set[str]) -> Iterator[str]:
    for key in all_.keys:
        if key["kind"] == "f" and key["table"] not in tenants and key["target"] in tenants:
            yield f"{key['table']}.{key['name']} points into a tenant's table from outside"
    for index in all_.indexes:
        whole = index["primary"] or index["columns"][:1] == ["tenant_id"]
        if index["table"] in tenants and index["unique"] and not whole:
            yield f"{index['table']}.{index['name']} is unique across tenants"


def _indexes(all_: Catalogue) -> Iterator[str]:
    """Every query is of one municipality, so an index that begins with it serves a relation too."""
    whole = [index for index in all_.indexes if not index["partial"]]
    served = {
        (i["table"], i["columns"][1])
        for i in whole
        if len(i["columns"]) > 1 and i["columns"][0] == "tenant_id"
    }
    excused = set(INDEXED_TWICE)
    for index in whole:
        table, column = index["table"], index["columns"][0] if index["columns"] else ""
        alone = len(index["columns"]) == 1 and column.endswith("_id") and not index["unique"]
        if alone and (table, column) in served:
            if (table, column) not in INDEXED_TWICE:
                yield f"{index['name']} is an index of {column}, which another serves"
            excused.discard((table, column))
    for table, column in sorted(excused):
        yield f"{table}.{column} is excused for two indexes, and needs no excuse"


def _rights(all_: Catalogue) -> Iterator[str]:
    deleting = set()
    for table in all_.tables:
        name, rights = table["name"], set(table["rights"])
        if table["owner"] == APP:
            yield f"{name} belongs to the app role"
        if rights & {"TRUNCATE", "REFERENCES", "TRIGGER"}:
            yield f"the app role may do more to {name} than read and write rows"
        if "DELETE" in rights:
            deleting.add(name)
        if (name in ONLY_ADDED_TO or name.endswith("before")) and rights - {"SELECT", "INSERT"}:
            yield f"{name} is only ever added to, and the app role may {sorted(rights)}"
        if table["part"] and rights:
            yield f"the app role reaches the partition {name} past the table's walls"
    for name in sorted(deleting - MAY_DELETE.keys()):
        yield f"the app role may delete rows of {name}"
    for name in sorted(MAY_DELETE.keys() - deleting):
        yield f"{name} is excused for deleting, and needs no excuse"


def _role(all_: Catalogue) -> Iterator[str]:
    for what, value in all_.role.items():
        if value:
            yield f"the app role: {what} is {value}"


def _views(all_: Catalogue) -> Iterator[str]:
    for view in all_.views:
        if view["kind"] == "m":
            yield f"{view['name']} is materialised: it holds rows without walls"
        elif "security_invoker=true" not in view["options"]:
            yield f"the view {view['name']} reads with its owner's rights"


def _functions(all_: Catalogue) -> Iterator[str]:
    for function in all_.functions:
        name = function["name"]
        if name not in DEFINERS:
            yield f"the function {name} runs with its owner's rights"
        if not any(
            str(s).startswith("search_path=public, pg_catalog") for s in function["settings"]
        ):
            yield f"the function {name} has no fixed search_path"
    for name in sorted(DEFINERS.keys() - {f["name"] for f in all_.functions}):
        yield f"{name} is excused for its owner's rights, and needs no excuse"


def _partitions(all_: Catalogue) -> Iterator[str]:
    parts = [t["name"] for t in all_.tables if t["part"]]
    for table in all_.tables:
        if table["parted"]:
            own = [part for part in parts if part.startswith(f"{table['name']}_")]
            if f"{table['name']}_rest" not in own:
                yield f"{table['name']} has nowhere to put a row of an unforeseen month"
            if len(own) < 5:
                yield f"{table['name']} has not its coming months"


CHECKS: tuple[Callable[[Catalogue], Iterator[str]], ...] = (
    _without_tenant, _walls, _persons, _keys, _indexes, _rights, _role, _views, _functions,
    _partitions,
)  # fmt: skip


def faults(connection: psycopg.Connection[Any]) -> list[str]:
    all_ = Catalogue(connection)
    return [fault for check in CHECKS for fault in check(all_)]
