"""INV-14 in the database, from either side: only group 1 has a job mediator."""

MEDIATOR_IN_GROUP_1 = """
create function screening_mediator_in_group_1() returns trigger language plpgsql as $$
begin
  if new.part = 'job_mediator' and new.until is null and exists (
    select from screening_screening s
     where s.tenant_id = new.tenant_id and s.enrolment_id = new.enrolment_id
       and s.current and s."group" <> 1
  ) then
    raise exception 'only group 1 has a job mediator'
      using errcode = 'check_violation', constraint = 'mediator_in_group_1';
  end if;
  return new;
end $$;
create trigger mediator_in_group_1 before insert or update on intake_assignment
  for each row execute function screening_mediator_in_group_1();

create function screening_group_without_mediator() returns trigger language plpgsql as $$
begin
  if new.current and new."group" <> 1 and exists (
    select from intake_assignment a
     where a.tenant_id = new.tenant_id and a.enrolment_id = new.enrolment_id
       and a.part = 'job_mediator' and a.until is null
  ) then
    raise exception 'only group 1 has a job mediator'
      using errcode = 'check_violation', constraint = 'mediator_in_group_1';
  end if;
  return new;
end $$;
create trigger group_without_mediator before insert or update on screening_screening
  for each row execute function screening_group_without_mediator();
"""
NOT = """
drop trigger mediator_in_group_1 on intake_assignment;
drop function screening_mediator_in_group_1() cascade;
drop function screening_group_without_mediator() cascade;
"""
