"""One web process per side, started as the product starts its own, and visitors signed in to it."""

from __future__ import annotations

import datetime as dt
import hashlib
import http.client
import re
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from stegvis.config.bench.accounting import family, spent
from stegvis.config.bench.ground import Ground
from stegvis.config.faults import Unusable
from stegvis.config.processes import Children
from stegvis.config.serving import HOST, PATIENCE, web_server

PRODUCT, FLOOR = "stegvis.config.wsgi", "stegvis.config.bench.floor.wsgi"
SETTINGS = ("stegvis.config.settings", "stegvis.config.bench.floor.settings")  # ours, the floor's
SECRET = "the same for both, so that one session serves both"  # noqa: S105 no one's secret
CSRF = "c" * 32


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: where, as whom (a session's key), and for a POST the form."""

    path: str
    session: str
    form: Mapping[str, str] | None = None


@dataclass(slots=True)
class Answer:
    status: int
    body: bytes
    seconds: float


@dataclass(slots=True)
class Side:
    """A running web process on one database, and the PostgreSQL processes that serve it."""

    ground: Ground
    database: str
    is_floor: bool
    port: int
    pid: int

    _line: http.client.HTTPConnection | None = None

    def ask(self, visit: Visit) -> Answer:
        headers = {"Cookie": f"session={visit.session}; csrftoken={CSRF}"}
        body = None
        if visit.form is not None:
            body = urlencode({**visit.form, "csrfmiddlewaretoken": CSRF})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line = self._line or http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        start = time.perf_counter()
        self._line.request("GET" if body is None else "POST", visit.path, body, headers)
        response = self._line.getresponse()
        answer = Answer(response.status, response.read(), time.perf_counter() - start)
        if response.status != (200 if body is None else 302):
            said = response.headers.get("Location") or _words(answer.body)
            raise Unusable(f"{visit.path} answered {response.status}: {said}")
        return answer

    def hang_up(self) -> None:
        """The next request opens a line anew: servers close one that has been still for long."""
        if self._line:
            self._line.close()

    def cpu(self) -> tuple[float, float]:
        """Milliseconds so far: of the web process with its children, of its PostgreSQL backends."""
        return spent(family(self.pid)), spent(self._backends())

    def _backends(self) -> list[int]:
        who = "application_name = 'floor'" if self.is_floor else "usename = 'stegvis_app'"
        query = f"select pid from pg_stat_activity where datname = %s and {who}"  # noqa: S608
        with self.ground.connect("postgres") as connection:
            return [int(str(pid)) for (pid,) in connection.execute(query.encode(), [self.database])]


def _words(body: bytes) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", body.decode(errors="replace")).split())[:300]


@contextmanager
def serving(ground: Ground, *wanted: tuple[str, bool]) -> Iterator[list[Side]]:
    """A side per (database, is_floor), each with one worker; they end with the block."""
    with Children() as children:
        sides = [
            _start(children, ground, *one, port=port)
            for one, port in zip(wanted, _free_ports(len(wanted)), strict=True)
        ]
        for side in sides:
            _wait(side.port, children)
        yield sides


def _start(
    children: Children,
    ground: Ground,
    database: str,
    is_floor: bool,  # noqa: FBT001
    *,
    port: int,
) -> Side:
    env = ground.environment(database) | {"STEGVIS_SECRET_KEY": SECRET}
    env |= {"FLOOR_DATABASE": database, "FLOOR_SOCKET": str(ground.cluster.socket)}
    module = FLOOR if is_floor else PRODUCT
    env["DJANGO_SETTINGS_MODULE"] = SETTINGS[is_floor]
    web = web_server(f"{module}:application", port=port, workers=1)
    pid = children.start(module, web, env=env)
    return Side(ground, database, is_floor, port, pid)


def _free_ports(count: int) -> list[int]:
    """All at once: one that is let go may be given again, and two servers may share a port."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((HOST, 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def _wait(port: int, children: Children) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if name := children.fallen():
            raise Unusable(f"{name} did not start; its last words stand above.")
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Unusable("A web process did not start in time.")


def session(ground: Ground, database: str, user: int, *, floor: bool) -> str:
    """Sign a user in: a row of django_session. Returns its key."""
    from django.core.signing import TimestampSigner
    from django.utils.crypto import salted_hmac

    named = hashlib.sha256(f"{user}{floor}".encode()).hexdigest()[:32]
    backend = "django.contrib.auth.backends.ModelBackend"
    ours = "allauth.account.auth_backends.AuthenticationBackend"
    with ground.connect(database) as connection:
        row = connection.execute("select password from accounts_user where id = %s", [user])
        (password,) = row.fetchone() or ("",)
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        mac = salted_hmac(salt, str(password), secret=SECRET, algorithm="sha256").hexdigest()
        data = {
            "_auth_user_id": str(user),
            "_auth_user_backend": backend if floor else ours,
            "_auth_user_hash": mac,
            "seen": int(time.time()),
            "account_authentication_methods": [{"method": "password"}, {"method": "mfa"}],
        }
        signer = TimestampSigner(
            key=SECRET, salt="django.contrib.sessions.SessionStore", fallback_keys=[]
        )
        text = signer.sign_object(data, compress=True)
        expires = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
        connection.execute(
            "insert into django_session values (%s, %s, %s) on conflict (session_key) do nothing",
            [named, text, expires],
        )
    return named
