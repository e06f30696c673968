"""Signing in to a municipality: one call sets the context and says who the visitor is there."""

OWN = """
create policy own on accounts_member for select using (user_id = (select stegvis_user()));
"""
FUNCTION = """
create or replace function stegvis_enter(
  p_user bigint, p_tenant uuid, p_on date, p_about uuid default null)
returns jsonb
language plpgsql volatile as $$
declare
  m record;
begin
  perform set_config('stegvis.user', p_user::text, true);
  perform set_config('stegvis.service', '', true);
  perform set_config('stegvis.on', p_on::text, true);
  perform set_config('stegvis.about', coalesce(p_about::text, ''), true);
  select a.id, a.tenant_id, a.name, a.title, a.unit_id, t.name as tenant_name, t.slug, t.country
         {column}
    into m
    from accounts_member a join tenancy_tenant t on t.id = a.tenant_id
   where a.user_id = p_user and (p_tenant is null or a.tenant_id = p_tenant)
     and (a.left_on is null or a.left_on > p_on)
   order by a.id limit 1;
  if not found then
    return null;
  end if;
  -- From here on only this municipality: the key to one's own memberships elsewhere is put back.
  perform set_config('stegvis.user', '', true);
  perform set_config('stegvis.tenant', m.tenant_id::text, true);
  perform set_config('stegvis.member', m.id::text, true);
  return jsonb_build_object(
    'tenant', m.tenant_id, 'member', m.id, 'member_name', m.name, 'title', m.title,
    'unit', m.unit_id, 'tenant_name', m.tenant_name, 'slug', m.slug, 'country', m.country,
    {value}
    'unit_name', (select u.name from tenancy_unit u where u.id = m.unit_id),
    'track', (select u.track from tenancy_unit u where u.id = m.unit_id),
    'grants', coalesce((select jsonb_agg(jsonb_build_array(g.role, g.unit_id) order by g.id)
                          from accounts_grant g
                         where g.member_id = m.id and g.since <= p_on
                           and (g.until is null or g.until > p_on)), '[]'::jsonb));
end $$;
"""
GRANTS = """
grant select, insert, update on accounts_user to stegvis_app;
grant select on accounts_user to stegvis_backup;
"""


def function(*, words: bool) -> str:
    """As it is since 0004, or as 0001 made it: before there were words."""
    told = {"column": ", t.words", "value": "'words', m.words,"} if words else {}
    return FUNCTION.format(**{"column": "", "value": ""} | told)


ENTER = OWN + function(words=False) + GRANTS
