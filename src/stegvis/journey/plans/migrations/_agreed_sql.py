"""What both have acknowledged is never changed: not its text, nor a line put in, moved or left out.

A version that is agreed in the same statement that writes it (history that is read in) has its
lines written before it; relations are checked at the end of the transaction.
"""

from __future__ import annotations

FORWARD = """
create function plans_version_stands() returns trigger language plpgsql as $$
begin
  if old.state = 'agreed' then
    raise exception 'an agreed plan is never changed' using errcode = 'integrity_constraint_violation';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger version_stands before update or delete on plans_planversion
  for each row execute function plans_version_stands();

create function plans_line_stands() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and exists (select 1 from plans_planversion v
      where v.tenant_id = old.tenant_id and v.id = old.of_id and v.state = 'agreed') then
    raise exception 'an agreed plan is never changed' using errcode = 'integrity_constraint_violation';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  if exists (select 1 from plans_planversion v
      where v.tenant_id = new.tenant_id and v.id = new.of_id and v.state = 'agreed') then
    raise exception 'an agreed plan is never changed' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger goal_stands before insert or update or delete on plans_goal
  for each row execute function plans_line_stands();
create trigger activity_stands before insert or update or delete on plans_planactivity
  for each row execute function plans_line_stands();
"""
BACKWARD = """
drop trigger version_stands on plans_planversion;
drop trigger goal_stands on plans_goal;
drop trigger activity_stands on plans_planactivity;
drop function plans_version_stands();
drop function plans_line_stands();
"""
