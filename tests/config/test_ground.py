"""The ground itself: the tests are worth nothing if they do not stand on the real walls."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_run_as_the_app_role_that_cannot_pass_row_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper, rolbypassrls from pg_roles where rolname = current_user"
        )
        assert cursor.fetchone() == ("stegvis_app", False, False)


@pytest.mark.django_db
def test_the_app_role_cannot_make_tables() -> None:
    with (
        connection.cursor() as cursor,
        pytest.raises(Exception, match="permission denied for schema public"),
    ):
        cursor.execute("create table crowbar (i int)")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_transactional_test_commits_the_next_does_not_see(turn: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from django_session")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "insert into django_session (session_key, session_data, expire_date)"
            " values ('left behind', '', now())"
        )
