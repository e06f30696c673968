"""The context every policy reads. Without a context each of these is null or false: no rows."""

CONTEXT = """
create extension if not exists btree_gist;
alter default privileges in schema public grant select on tables to stegvis_backup;
create function stegvis_tenant() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('stegvis.tenant', true), '')::uuid $$;
create function stegvis_member() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('stegvis.member', true), '')::uuid $$;
create function stegvis_user() returns bigint language sql stable parallel safe as
  $$ select nullif(current_setting('stegvis.user', true), '')::bigint $$;
create function stegvis_on() returns date language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('stegvis.on', true), '')::date, current_date) $$;
create function stegvis_service() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('stegvis.service', true), '') <> '' $$;
"""
GRANTS = """
grant usage on schema public to stegvis_app, stegvis_backup;
grant select, insert on tenancy_tenant to stegvis_app;
"""
