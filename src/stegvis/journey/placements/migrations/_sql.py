"""Counting those of every unit, for the law's number at a site and for whether an opening is full.
The answers name nobody, and somebody protected is in none of them: a number that moved would tell
that they are there (0041)."""

_HEAD = """language plpgsql stable security definer
set search_path = public, pg_catalog, pg_temp as $$
declare
  before text := current_setting('stegvis.service', true);
begin
  perform set_config('stegvis.service', 'counting', true);  -- past the person's wall, to count
  return query"""
_TAIL = """;
  perform set_config('stegvis.service', coalesce(before, ''), true);
end $$;"""
_OPEN = """not exists (select from access_shield s where s.tenant_id = p.tenant_id
       and s.person = p.person_id and s.lifted_on is null)"""
COUNTED = f"""
create function placements_counted(at uuid, kinds text[], day date, but uuid)
returns table (hours numeric, unknown bigint) {_HEAD}
  select coalesce(sum(l.hours), 0), count(*) filter (where l.hours is null)
    from placements_placement p
    left join lateral (
      select sum(x.hours_week) as hours from placements_placementline x
       where x.tenant_id = p.tenant_id and x.placement_id = p.id and x.pay <> 'ordinary') l on true
   where p.tenant_id = stegvis_tenant() and p.site_id = at and p.kind = any(kinds)
     and p.id is distinct from but
     and p.since <= day and (p.until is null or p.until > day) and {_OPEN}{_TAIL}
revoke all on function placements_counted(uuid, text[], date, uuid) from public;
grant execute on function placements_counted(uuid, text[], date, uuid) to stegvis_app;
"""
FULL = f"""
create function placements_full(asked uuid[], day date) returns table (opening uuid) {_HEAD}
  select o.id from employers_opening o
    join placements_placement p on p.tenant_id = o.tenant_id and p.opening_id = o.id
     and (p.until is null or p.until > day) and {_OPEN}
   where o.tenant_id = stegvis_tenant() and o.id = any(asked) and o.places is not null
   group by o.id, o.places having count(*) >= o.places{_TAIL}
revoke all on function placements_full(uuid[], date) from public;
grant execute on function placements_full(uuid[], date) to stegvis_app;
"""
TAKEN = f"""
create function placements_taken(asked uuid[], day date)
returns table (opening uuid, taken bigint) {_HEAD}
  select p.opening_id, count(*) from placements_placement p
   where p.tenant_id = stegvis_tenant() and p.opening_id = any(asked)
     and (p.until is null or p.until > day) and {_OPEN}
   group by p.opening_id{_TAIL}
revoke all on function placements_taken(uuid[], date) from public;
grant execute on function placements_taken(uuid[], date) to stegvis_app;
"""
