"""What Django does not say: who gets a text about several, and how a value goes."""

ALL_OF_THEM = """
create policy persons_{verb} on {table} as restrictive for {verb} using
  ((select stegvis_service()) or persons <@ array(select stegvis_reach()));
"""
TABLES = ("incidents_incident", "incidents_incidentbefore")
SHARED = "".join(
    ALL_OF_THEM.format(verb=verb, table=table)
    for table in TABLES
    for verb in ("select", "update", "delete")
)
FORGET = """
create function incidents_forget(due uuid[]) returns table (value uuid, about uuid)
language plpgsql security definer set search_path = public, pg_catalog, pg_temp as $$
declare
  here uuid := stegvis_tenant();
begin
  if here is null or not stegvis_service() then
    return;
  end if;
  return query delete from incidents_measured m
    where m.tenant_id = here and m.id = any(due) and m.delete_on <= stegvis_on()
    returning m.id, m.person_id;
end $$;
revoke all on function incidents_forget(uuid[]) from public;
grant execute on function incidents_forget(uuid[]) to stegvis_app;
"""
