"""The second wall: whom the current member reaches, written independently of access/decision.py.

The set is built once for every table a statement names (see walls.REACHED), so it has to be cheap:
the roles are looked at first, each tie they open is fetched by its own index, and what no role
opens is not searched for. plpgsql keeps the plans for the session; without the setting it would
plan anew five times, which costs more than running.

What was found is kept for the transaction, under the context it was found in, and forgotten as
soon as a tie, a shield or a role is written: a page names some twenty tables, and each would ask
again. What others commit meanwhile counts from the next transaction, which is the next request.

Most pages are about one person and name some twenty tables. Reading the whole set for each of them
costs more than the rest of such a page, and of a manager of thousands many times more; so the
person a page is about is looked for once, and a row of theirs is not compared with the set. It
opens nothing: whom the member does not reach, it is null for.
"""

REACH = """
create function stegvis_find_reached() returns setof uuid language plpgsql stable
set plan_cache_mode = force_generic_plan as $$
declare
  tenant uuid := stegvis_tenant();
  me uuid := stegvis_member();
  day date := stegvis_on();
  opened record;
  found uuid[] := '{}';
  known uuid[];  -- who one is named for, or is oneself
  barred uuid[];
begin
  if tenant is null or me is null then
    return;
  end if;
  for opened in
    select distinct o.kind, o.by_unit, case when o.by_unit then g.unit_id end as unit
      from accounts_grant g
      join (values ('case_worker', 'case_worker', false), ('job_mediator', 'job_mediator', false),
                   ('work_supervisor', 'work_supervisor', false),
                   ('protection_officer', 'named', false), ('participant', 'self', false),
                   ('unit_manager', 'unit', true), ('unit_manager', 'intake', true),
                   ('case_worker', 'intake', true), ('case_worker', 'after', false),
                  ('job_mediator', 'after', false)) o (role, kind, by_unit) on o.role = g.role
     where g.tenant_id = tenant and g.member_id = me
       and g.since <= day and (g.until is null or g.until > day)
  loop
    if not opened.by_unit then
      found := found || array(
        select r.person from access_relation r
         where r.tenant_id = tenant and r.member_id = me and r.kind = opened.kind
           and r.since <= day and (r.until is null or r.until > day));
    elsif opened.unit is not null then
      found := found || array(
        select r.person from access_relation r
         where r.tenant_id = tenant and r.unit_id = opened.unit and r.kind = opened.kind
           and r.since <= day and (r.until is null or r.until > day));
    else  -- a role held in the whole municipality
      found := found || array(
        select r.person from access_relation r
         where r.tenant_id = tenant and r.unit_id is not null and r.kind = opened.kind
           and r.since <= day and (r.until is null or r.until > day));
    end if;
  end loop;
  select coalesce(array_agg(r.person) filter (where r.kind <> 'barred'), '{}'),
         coalesce(array_agg(r.person) filter (where r.kind = 'barred'), '{}')
    into known, barred
    from access_relation r
   where r.tenant_id = tenant and r.member_id = me and r.kind in ('named', 'self', 'barred')
     and r.since <= day and (r.until is null or r.until > day);
  return query
    select p.person from unnest(found) p (person)
     where p.person <> all (barred)
       and (p.person = any(known)
         or p.person not in (select s.person from access_shield s
                              where s.tenant_id = tenant and s.lifted_on is null));
end $$;

create function stegvis_reach() returns setof uuid language plpgsql stable as $$
declare
  context text := concat_ws('|', current_setting('stegvis.tenant', true),
    current_setting('stegvis.member', true), stegvis_on(), '');
  kept text := current_setting('stegvis.reached', true);
  found uuid[];
begin
  if starts_with(kept, context) then
    found := substr(kept, length(context) + 1);
  else
    found := array(select stegvis_find_reached());
    if cardinality(found) <= 1000 then  -- a larger set costs more to read back than to find
      perform set_config('stegvis.reached', context || found::text, true);
    end if;
  end if;
  return query select unnest(found);
end $$;

create function stegvis_about() returns uuid language plpgsql stable as $$
declare
  about text := nullif(current_setting('stegvis.about', true), '');
  context text := concat_ws('|', current_setting('stegvis.tenant', true),
    current_setting('stegvis.member', true), stegvis_on(), about);
begin
  if about is null then
    return null;
  end if;
  if current_setting('stegvis.about_reached', true) is distinct from context then
    if about::uuid not in (select stegvis_reach()) then
      return null;
    end if;
    perform set_config('stegvis.about_reached', context, true);
  end if;
  return about::uuid;
end $$;

create function stegvis_forget_reached() returns trigger language plpgsql as $$
begin
  perform set_config('stegvis.reached', '', true);
  perform set_config('stegvis.about_reached', '', true);
  return null;
end $$;
create trigger forget_reached after insert or update or delete on access_relation
  for each statement execute function stegvis_forget_reached();
create trigger forget_reached after insert or update or delete on access_shield
  for each statement execute function stegvis_forget_reached();
create trigger forget_reached after insert or update or delete on accounts_grant
  for each statement execute function stegvis_forget_reached();
"""
