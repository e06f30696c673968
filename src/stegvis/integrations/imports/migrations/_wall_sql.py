"""The walls of import tables, beside the tenant's. Members see the files of units they manage; what
files say of protected persons is for those responsible. The import itself is a service."""

IMPORTING = """
create function stegvis_importing() returns setof uuid language sql stable as $$
  select u.id from tenancy_unit u
   where u.tenant_id = stegvis_tenant() and exists (
     select 1 from accounts_grant g
      where g.tenant_id = u.tenant_id and g.member_id = stegvis_member()
        and g.role = 'unit_manager' and (g.unit_id is null or g.unit_id = u.id)
        and g.since <= stegvis_on() and (g.until is null or g.until > stegvis_on())) $$;
create function stegvis_guards() returns boolean language sql stable as $$
  select exists (
     select 1 from accounts_grant g
      where g.tenant_id = stegvis_tenant() and g.member_id = stegvis_member()
        and g.role = 'protection_officer'
        and g.since <= stegvis_on() and (g.until is null or g.until > stegvis_on())) $$;
"""
SERVICE = "(select stegvis_service())"
UNIT = "{unit} = any(array(select stegvis_importing()))"
REACHED = "(person is null or person = any(array(select stegvis_reach())))"
GUARDS = "(select stegvis_guards())"


def walls(table: str, seen: str) -> str:
    return "".join(
        f"create policy import_{verb} on {table} as restrictive for {verb} "
        f"using ({SERVICE} or {seen});\n"
        for verb in ("select", "update", "delete")
    )


WALLS = (
    IMPORTING
    + walls("imports_importfile", f"{UNIT.format(unit='unit_id')} or {GUARDS}")
    + walls("imports_importcontent", "false")
    + walls(
        "imports_importrow",
        f"({UNIT.format(unit='unit_id')} and {REACHED}) or (queue = 'protected' and {GUARDS})",
    )
    + walls("imports_shieldedrow", GUARDS)
)
