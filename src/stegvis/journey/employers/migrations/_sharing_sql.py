"""The six functions through which one municipality tells another of places (decision 0040).

Each looks at both sides of the agreement, takes from a fixed list of columns, writes only these
three tables on the other side, and sets the municipality back. None can read a person: what goes
over is read from tables that hold none."""

HEAD = """
create function {name}({takes}) returns integer
language plpgsql security definer set search_path = public, pg_catalog, pg_temp as $$
declare
  here uuid := stegvis_tenant();
  mine employers_sharingpact;
  theirs employers_sharingpact;
  count integer := 0;
  {more}
begin
  if here is null then
    return 0;
  end if;
  select * into mine from employers_sharingpact p where p.tenant_id = here and p.pair = {pair};
  if mine.id is null then
    return 0;
  end if;
"""
FOOT = """
  perform set_config('stegvis.tenant', here::text, true);
  return count;
end $$;
revoke all on function {name}({takes}) from public;
grant execute on function {name}({takes}) to stegvis_app;
"""
OVER = """
  perform set_config('stegvis.tenant', mine.peer::text, true);
  select * into theirs from employers_sharingpact p
   where p.tenant_id = mine.peer and p.pair = mine.pair and p.peer = here;
"""
# Both have accepted and it holds today, on both sides.
HOLDS = """
  if theirs.id is not null and mine.state = 'accepted' and theirs.state = 'accepted'
     and mine.since <= stegvis_on() and (mine.until is null or stegvis_on() < mine.until)
     and theirs.since <= stegvis_on() and (theirs.until is null or stegvis_on() < theirs.until)
  then
"""


def _function(name: str, takes: str, body: str, *, pair: str = "which", more: str = "") -> str:
    head = HEAD.format(name=name, takes=takes, pair=pair, more=more)
    return head + body + FOOT.format(name=name, takes=takes)


OFFER = _function(
    "employers_offer_pact",
    "which uuid",
    """
  select name into called from tenancy_tenant where id = here;
"""
    + OVER
    + """
  if theirs.id is null and mine.offered_by_us and mine.state = 'offered' then
    insert into employers_sharingpact
      (id, tenant_id, version, pair, peer, peer_name, offered_by_us, state, since, until)
    values (gen_random_uuid(), mine.peer, 1, mine.pair, here, called, false, 'offered',
            mine.since, mine.until)
    on conflict do nothing;
    get diagnostics count = row_count;
  end if;
""",
    more="called text;",
)
ACCEPT = _function(
    "employers_accept_pact",
    "which uuid",
    OVER
    + """
  if theirs.id is not null and theirs.offered_by_us and theirs.state = 'offered'
     and not mine.offered_by_us and mine.state = 'offered'
     and theirs.since = mine.since and theirs.until is not distinct from mine.until
  then
    update employers_sharingpact set state = 'accepted', version = version + 1
     where tenant_id = mine.peer and id = theirs.id;
    perform set_config('stegvis.tenant', here::text, true);
    update employers_sharingpact set state = 'accepted', version = version + 1
     where tenant_id = here and id = mine.id;
    count := 1;
  end if;
""",
)
END = _function(
    "employers_end_pact",
    "which uuid",
    """
  if mine.state <> 'ended' then
    update employers_sharingpact
       set state = 'ended', until = greatest(since, stegvis_on()), version = version + 1
     where tenant_id = here and id = mine.id;
    update employers_sharedopening set withdrawn_on = stegvis_on()
     where tenant_id = here and pair = mine.pair and withdrawn_on is null;
    count := 1;
"""
    + OVER
    + """
    update employers_sharingpact
       set state = 'ended', until = greatest(since, stegvis_on()), version = version + 1
     where tenant_id = mine.peer and id = theirs.id and state <> 'ended';
    update employers_sharedopening set withdrawn_on = stegvis_on()
     where tenant_id = mine.peer and pair = mine.pair and withdrawn_on is null;
  end if;
""",
)
PUBLISH = _function(
    "employers_publish",
    "which uuid, grades jsonb, trained jsonb",
    """
  select coalesce(jsonb_agg(jsonb_build_object(
      'origin', o.id, 'company', c.name, 'site', s.name, 'address', s.address,
      'latitude', s.latitude, 'longitude', s.longitude, 'name', o.name, 'area', o.area,
      'tasks', o.tasks, 'hours_from', o.hours_from, 'hours_to', o.hours_to, 'free', o.free,
      'grade', case when grades ->> s.id::text in ('ambassador', 'example')
                    then grades ->> s.id::text else 'none' end, 'sector', c.sector,
      'ambassadors', least(greatest(coalesce((trained ->> s.id::text)::integer, 0), 0), 9999))), '[]')
    into shown
    from employers_opening o
    join employers_site s on s.tenant_id = here and s.id = o.site_id
    join employers_company c on c.tenant_id = here and c.id = s.company_id
   where o.tenant_id = here and o.shared and o.state = 'open'
     and (o.since is null or o.since <= stegvis_on())
     and (o.until is null or stegvis_on() < o.until)
     and (s.until is null or stegvis_on() < s.until)
     and (c.until is null or stegvis_on() < c.until)
     and not exists (
       select from employers_sitepause q where q.tenant_id = here and q.site_id = s.id
          and q.since <= stegvis_on() and (q.until is null or stegvis_on() < q.until));
"""
    + OVER
    + HOLDS
    + """
    insert into employers_sharedopening
      (id, tenant_id, version, pair, origin, company, site, address, latitude, longitude, name,
       area, tasks, hours_from, hours_to, free, grade, sector, ambassadors, published_on)
    select gen_random_uuid(), mine.peer, 1, mine.pair, r.origin, r.company, r.site, r.address,
           r.latitude, r.longitude, r.name, r.area, r.tasks, r.hours_from, r.hours_to, r.free,
           r.grade, r.sector, r.ambassadors, stegvis_on()
      from jsonb_to_recordset(shown) as r(
        origin uuid, company text, site text, address text, latitude numeric, longitude numeric,
        name text, area text, tasks text, hours_from numeric, hours_to numeric, free smallint,
        grade text, sector text, ambassadors smallint)
    on conflict (tenant_id, pair, origin) do update set
      company = excluded.company, site = excluded.site, address = excluded.address,
      latitude = excluded.latitude, longitude = excluded.longitude, name = excluded.name,
      area = excluded.area, tasks = excluded.tasks, hours_from = excluded.hours_from,
      hours_to = excluded.hours_to, free = excluded.free, grade = excluded.grade,
      sector = excluded.sector, ambassadors = excluded.ambassadors, published_on = excluded.published_on, withdrawn_on = null,
      version = employers_sharedopening.version + 1;
    get diagnostics count = row_count;
    update employers_sharedopening set withdrawn_on = stegvis_on(), version = version + 1
     where tenant_id = mine.peer and pair = mine.pair and withdrawn_on is null
       and origin not in (select (e ->> 'origin')::uuid from jsonb_array_elements(shown) e);
  end if;
""",
    more="shown jsonb;",
)
ASK = _function(
    "employers_ask",
    "which uuid, request uuid",
    """
  select * into asked from employers_placerequest r
   where r.tenant_id = here and r.token = request and r.pair = which and r.ours;
  if asked.id is null or not exists (
    select from employers_sharedopening o where o.tenant_id = here and o.pair = which
       and o.origin = asked.origin and o.withdrawn_on is null)
  then
    return 0;
  end if;
  select name into called from tenancy_tenant where id = here;
"""
    + OVER
    + HOLDS
    + """
    insert into employers_placerequest
      (id, tenant_id, version, pair, token, origin, ours, opening, site, peer_name, asker,
       asked_on, wanted_from, answer)
    select gen_random_uuid(), mine.peer, 1, mine.pair, asked.token, o.id, false, o.name, s.name,
           called, asked.asker, asked.asked_on, asked.wanted_from, ''
      from employers_opening o
      join employers_site s on s.tenant_id = mine.peer and s.id = o.site_id
     where o.tenant_id = mine.peer and o.id = asked.origin and o.shared
    on conflict do nothing;
    get diagnostics count = row_count;
  end if;
""",
    more="asked employers_placerequest; called text;",
)
ANSWER = _function(
    "employers_answer",
    "which uuid, request uuid",
    """
  select * into said from employers_placerequest r
   where r.tenant_id = here and r.token = request and r.pair = which and not r.ours;
  if said.id is null or said.answer = '' then
    return 0;
  end if;
"""
    + OVER
    + """
  update employers_placerequest
     set answer = said.answer, answered_on = said.answered_on, version = version + 1
   where tenant_id = mine.peer and token = request and pair = which and ours and answer = '';
  get diagnostics count = row_count;
""",
    more="said employers_placerequest;",
)
FUNCTIONS = OFFER + ACCEPT + END + PUBLISH + ASK + ANSWER
