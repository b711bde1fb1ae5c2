"""PostgreSQL, Redis and nginx from this machine's packages, on loopback, in their own folders."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import free_port
from tools import backup_postgresql
from tools.console import CommandError
from tools.launch import HOST

_START_SECONDS = 30
_USER = "nobody"  # PostgreSQL refuses to run as root
_ADMIN = "postgres"
_ADMIN_PASSWORD = "the-superuser's"  # noqa: S105
_CREATE = Path(__file__).parent.parent / "deploy" / "postgres" / "create.sh"
_PASSWORD = "only-on-loopback"  # noqa: S105


class MissingProgram(CommandError):
    """A program is not installed; the message names it."""


def program(name: str, *folders: str) -> str:
    """Path of a program.

    Raises:
        MissingProgram: if it is not installed.
    """
    path = shutil.which(name, path=os.pathsep.join([*folders, os.environ["PATH"], "/usr/sbin"]))
    if path is None:
        raise MissingProgram(f"{name} is not installed")
    return path


def postgresql_program(name: str) -> str:
    """Path of one of PostgreSQL's programs, which Debian keeps off the path; the newest release.

    Raises:
        MissingProgram: if it is not installed.
    """
    return program(name, *backup_postgresql.folders())


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A folder while the block runs, for PostgreSQL: it runs as somebody else if this is root."""
    with tempfile.TemporaryDirectory(prefix="assistant-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def run(command: Sequence[str | Path]) -> None:
    """Runs a command to its end, as somebody without rights if this is root.

    Raises:
        RuntimeError: with its output, if it fails.
    """
    user = ["setpriv", f"--reuid={_USER}", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*user, *map(str, command)], capture_output=True, text=True, check=False, cwd="/"
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}{done.stderr}")


@dataclass(frozen=True)
class Postgresql:
    """A running PostgreSQL server with an empty database, and a role without rights beyond it."""

    folder: Path
    port: int
    user: str = "assistant"
    password: str = _PASSWORD
    database: str = "conversations"

    @property
    def url(self) -> str:
        """Address for SQLAlchemy."""
        return f"postgresql://{self.user}:{self.password}@{HOST}:{self.port}/{self.database}"

    @property
    def process_id(self) -> int:
        """Id of its first process, the parent of all others."""
        return int((self.folder / "postmaster.pid").read_text(encoding="ascii").split()[0])

    def stop(self) -> None:
        """Stops it, ending open connections, as an administrator would."""
        run([postgresql_program("pg_ctl"), "-D", self.folder, "-m", "fast", "-w", "stop"])

    def start(self) -> None:
        """Starts it again."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses={HOST}"
        control: list[str | Path] = [postgresql_program("pg_ctl"), "-D", self.folder, "-w"]
        run([*control, "-l", self.folder / "log", "-o", options, "start"])


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[Postgresql]:
    """Runs PostgreSQL while the block runs.

    Args:
        folder: receives the data; must not exist, in one that others may enter.

    Raises:
        MissingProgram: if it is not installed.
    """
    initdb = postgresql_program("initdb")
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(folder, _USER)
    server = Postgresql(folder, free_port())
    secret = folder.with_suffix(".password")
    secret.write_text(_ADMIN_PASSWORD, encoding="utf-8")
    run([initdb, "-D", folder, "-U", _ADMIN, "-A", "scram-sha-256", "--pwfile", secret, "-N"])
    server.start()
    try:
        _create_database(server)
        yield server
    finally:
        with contextlib.suppress(RuntimeError):  # a test may have stopped it
            server.stop()


def _create_database(server: Postgresql) -> None:
    """As PostgreSQL's image does in compose.yml."""
    folder = Path(postgresql_program("psql")).parent
    environment = {
        "PATH": f"{folder}:{os.environ['PATH']}",
        "PGHOST": HOST,
        "PGPORT": str(server.port),
        "PGPASSWORD": _ADMIN_PASSWORD,
        "POSTGRES_USER": _ADMIN,
        "ASSISTANT_PASSWORD": server.password,
    }
    subprocess.run(["sh", _CREATE], env=environment, check=True)


@dataclass
class Redis:
    """A Redis server that keeps nothing."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://:{_PASSWORD}@{HOST}:{self.port}/1"

    def start(self) -> None:
        """Starts it."""
        command = [program("redis-server"), "--port", str(self.port), "--bind", HOST]
        command += ["--requirepass", _PASSWORD, "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_for_port(self.port)

    def stop(self) -> None:
        """Stops it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait()


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[Redis]:
    """Runs Redis while the block runs.

    Raises:
        MissingProgram: if it is not installed.
    """
    server = Redis(folder, free_port())
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def nginx(folder: Path, configuration: Path, addresses: Mapping[str, str]) -> Iterator[int]:
    """Runs nginx while the block runs; yields its process id.

    Args:
        folder: receives its files.
        configuration: the project's file.
        addresses: what to write for the addresses that stand in that file.

    Raises:
        MissingProgram: if it is not installed.
    """
    text = configuration.read_text(encoding="utf-8").replace("/tmp/", f"{folder}/")  # noqa: S108
    for name, address in addresses.items():
        if name not in text:
            raise RuntimeError(f"{configuration} has no {name}")
        text = text.replace(name, address)
    path = folder / "nginx.conf"
    path.write_text(text, encoding="utf-8")
    log = folder / "nginx.log"
    command = [program("nginx"), "-c", str(path), "-g", "daemon off;"]
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def wait_for_port(port: int) -> None:
    """Waits until something listens.

    Raises:
        RuntimeError: if nothing does for too long.
    """
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nothing listens on port {port}")
