"""The second wall: whom the current member reaches, written independently of access/decision.py.

plpgsql keeps its plan for the session; the set is built once per statement (see walls.REACHED).
"""

REACH = """
create function stegvis_reach() returns setof uuid language plpgsql stable as $$
declare
  tenant uuid := stegvis_tenant();
  me uuid := stegvis_member();
  day date := stegvis_on();
begin
  if tenant is null or me is null then
    return;
  end if;
  return query
  with held as materialized (
    select g.role, g.unit_id from accounts_grant g
     where g.tenant_id = tenant and g.member_id = me
       and g.since <= day and (g.until is null or g.until > day)
  ), tied as (
    select r.person from access_relation r
     where r.tenant_id = tenant and r.member_id = me
       and r.since <= day and (r.until is null or r.until > day)
       and exists (select 1 from held h where (h.role, r.kind) in (
         ('case_worker', 'case_worker'), ('job_mediator', 'job_mediator'),
         ('work_supervisor', 'work_supervisor'), ('protection_officer', 'named'),
         ('participant', 'self')))
    union
    select r.person from held h join access_relation r
        on r.tenant_id = tenant and r.unit_id = h.unit_id
     where (h.role, r.kind) in (
         ('unit_manager', 'unit'), ('unit_manager', 'intake'), ('case_worker', 'intake'))
       and r.since <= day and (r.until is null or r.until > day)
    union
    select r.person from access_relation r
     where r.tenant_id = tenant and r.unit_id is not null
       and r.since <= day and (r.until is null or r.until > day)
       and exists (select 1 from held h where h.unit_id is null and (h.role, r.kind) in (
         ('unit_manager', 'unit'), ('unit_manager', 'intake'), ('case_worker', 'intake')))
  ), known as materialized (
    select r.person, r.kind from access_relation r
     where r.tenant_id = tenant and r.member_id = me and r.kind in ('named', 'self', 'barred')
       and r.since <= day and (r.until is null or r.until > day)
  )
  select t.person from tied t
   where not exists (select 1 from known k where k.person = t.person and k.kind = 'barred')
     and (exists (select 1 from known k where k.person = t.person and k.kind <> 'barred')
       or not exists (select 1 from access_shield s
                       where s.tenant_id = tenant and s.person = t.person
                         and s.lifted_on is null));
end $$;
"""
