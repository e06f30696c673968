"""Letting go of what has been kept long enough. The app role may delete nothing; this may, in the
open municipality, for a job, and only drug tests whose day has come: with every earlier state of
their rows, since a test that is remembered is not gone."""

FORGET = """
create function background_forget(due uuid[]) returns table (test uuid, about uuid)
language plpgsql security definer set search_path = public, pg_catalog, pg_temp as $$
declare
  here uuid := stegvis_tenant();
  gone uuid[];
begin
  if here is null or not stegvis_service() then
    return;
  end if;
  select coalesce(array_agg(t.id), '{}') into gone from (
    select o.id from background_testorder o
     where o.tenant_id = here and o.id = any(due) and o.kind = 'drug'
       and o.delete_on <= stegvis_on() for update) t;
  return query select o.id, o.person_id from background_testorder o
    where o.tenant_id = here and o.id = any(gone) order by o.id;
  delete from background_testoutcome where tenant_id = here and order_id = any(gone);
  delete from background_testorder where tenant_id = here and id = any(gone);
  delete from background_testoutcomebefore where tenant_id = here and order_id = any(gone);
  delete from background_testorderbefore where tenant_id = here and id = any(gone);
end $$;
revoke all on function background_forget(uuid[]) from public;
grant execute on function background_forget(uuid[]) to stegvis_app;
"""
