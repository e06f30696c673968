"""How many queries a page asks: run as a program of its own, in the settings of one side.

python -m stegvis.config.bench.asked SESSION PATH [FORM.json]   prints {"queries", "turns", "sql"}.
Asked twice, counted the second time: what a process keeps is then there. BEGIN, COMMIT, SAVEPOINT
and their like are counted apart, as `turns`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from stegvis.config.bench.serving import CSRF, SECRET, SETTINGS, Side, Visit
from stegvis.config.faults import Unusable

TURNS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def asked(side: Side, before: Visit, visit: Visit) -> dict[str, Any]:
    """What `visit` asks after `before` has been made in the same process."""
    env = side.ground.environment(side.database) | {"STEGVIS_SECRET_KEY": SECRET}
    env |= {"FLOOR_DATABASE": side.database, "FLOOR_SOCKET": str(side.ground.cluster.socket)}
    env["DJANGO_SETTINGS_MODULE"] = SETTINGS[side.is_floor]
    words = [json.dumps([v.path, v.session, v.form]) for v in (before, visit)]
    command = [sys.executable, "-m", "stegvis.config.bench.asked", *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unusable(f"Counting the queries failed:\n{done.stderr.strip()[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _count(words: list[str]) -> dict[str, Any]:
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    statements: list[str] = []
    for word in words:
        path, session, form = json.loads(word)
        client.cookies.load({"session": session, "csrftoken": CSRF})
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path) if form is None else client.post(path, form)
        if answer.status_code not in (200, 302):
            raise SystemExit(f"{path} answered {answer.status_code}")
        statements = [query["sql"] for query in captured.captured_queries]
    own = [sql for sql in statements if not sql.startswith(TURNS)]
    return {"queries": len(own), "turns": len(statements) - len(own), "sql": own}


if __name__ == "__main__":
    print(json.dumps(_count(sys.argv[1:])))
