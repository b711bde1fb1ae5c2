"""Wrong input to the keepers' commands: one clear line, an exit code, nothing half written."""

from __future__ import annotations

import inspect
import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
import yaml

from server.tracker_store import ConversationStore
from tests.conftest import ROOT
from tests.keepers.copy import Copy
from tests.keepers.stores import Store, sqlite
from tools.console import CommandError
from tools.stores import open_store

_SCHEMA = (
    "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255), type_name VARCHAR(255), "
    "timestamp FLOAT, intent_name VARCHAR(255), action_name VARCHAR(255), data TEXT)"
)


def _report(
    folder: Path, *arguments: str, variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = Copy.command("keepers.report", "--page", str(folder / "report.html"), *arguments)
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **(variables or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def _one_line(done: subprocess.CompletedProcess[str], reason: str) -> None:
    assert done.returncode == 1
    assert reason in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


@pytest.fixture
def empty(tmp_path: Path) -> Store:
    """A store with a table and nothing in it."""
    store = sqlite(tmp_path)
    with sqlite3.connect(store.config["db"]) as connection:
        connection.execute(_SCHEMA)
    return store


def test_an_empty_store(empty: Store, tmp_path: Path) -> None:
    _one_line(_report(tmp_path, "--endpoints", str(empty.endpoints)), "no conversations")
    assert not (tmp_path / "report.html").exists()


def test_a_missing_database_is_not_made(tmp_path: Path) -> None:
    store = sqlite(tmp_path)
    _one_line(_report(tmp_path, "--endpoints", str(store.endpoints)), "there is no database")
    assert not Path(store.config["db"]).exists()


def test_a_store_that_names_no_file_is_the_servers_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    served = inspect.signature(ConversationStore.__init__).parameters["db"].default
    with pytest.raises(CommandError, match=f"there is no database {served}"):
        open_store({"type": "SQL"})


def test_a_database_without_the_table(tmp_path: Path) -> None:
    store = sqlite(tmp_path)
    sqlite3.connect(store.config["db"]).execute("CREATE TABLE other (id INTEGER)").close()
    _one_line(_report(tmp_path, "--endpoints", str(store.endpoints)), "no conversations in it")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    store = sqlite(tmp_path)
    Path(store.config["db"]).write_text("no database " * 100, encoding="utf-8")
    _one_line(_report(tmp_path, "--endpoints", str(store.endpoints)), "not a database")


def test_a_locked_database(empty: Store, tmp_path: Path) -> None:
    with sqlite3.connect(empty.config["db"], isolation_level=None) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        _one_line(_report(tmp_path, "--endpoints", str(empty.endpoints)), "locked")


@pytest.mark.parametrize(
    ("store", "reason"),
    [
        ({"type": "redis", "url": "localhost"}, "only SQL tracker stores"),
        ({"type": "SQL", "dialect": "oracle"}, "only sqlite and postgresql"),
        ({"type": "SQL", "dialect": "postgresql", "url": "127.0.0.1:1", "db": "x"}, "refused"),
        ({"type": "SQL", "db": "${NO_SUCH_VARIABLE}"}, "NO_SUCH_VARIABLE"),
        (None, "names no tracker_store"),
    ],
)
def test_a_store_that_cannot_be_read(
    store: dict[str, str] | None, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "endpoints.yml"
    path.write_text(yaml.safe_dump({"tracker_store": store}), encoding="utf-8")
    done = _report(tmp_path, "--endpoints", str(path))
    assert done.returncode == 1
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--from", "yesterday"), "is not a date"),
        (("--from", "2025-12-01", "--to", "2025-11-01"), "is after"),
        (("--endpoints", "no-such-file.yml"), "there is no no-such-file.yml"),
    ],
)
def test_arguments_that_make_no_sense(
    arguments: tuple[str, ...], reason: str, tmp_path: Path
) -> None:
    _one_line(_report(tmp_path, *arguments), reason)


def test_events_that_are_no_json_are_left_out_and_counted(driven: Store, tmp_path: Path) -> None:
    path = tmp_path / "conversations.db"
    with sqlite3.connect(driven.config["db"]) as source, sqlite3.connect(path) as copy:
        source.backup(copy)
        copy.execute(
            "INSERT INTO events (sender_id, type_name, timestamp, data) "
            "VALUES ('torn', 'user', (SELECT max(timestamp) FROM events), '{\"event\": \"us')"
        )
    store = Store.at(tmp_path, {**driven.config, "db": str(path)})
    done = _report(tmp_path, "--endpoints", str(store.endpoints))
    assert done.returncode == 0, done.stderr
    assert "unreadable events left out" in done.stdout


def test_a_terminal_of_another_encoding_and_a_pipe_that_closes(
    driven: Store, tmp_path: Path
) -> None:
    arguments = ("--endpoints", str(driven.endpoints))
    done = _report(tmp_path, *arguments, variables={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr
    command = " ".join(Copy.command("keepers.preview", "--topic", "skills"))
    piped = subprocess.run(
        ["bash", "-c", f"{command} | true; echo ${{PIPESTATUS[0]}}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in piped.stderr
    assert "Exception" not in piped.stderr


def test_ctrl_c_ends_with_one_line_and_no_page(driven: Store, tmp_path: Path) -> None:
    command = Copy.command("keepers.report", "--page", str(tmp_path / "report.html"))
    process = subprocess.Popen(
        [*command, "--endpoints", str(driven.endpoints)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A test run in the background may have inherited that the signal is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    _until_it_handles_signals(process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.strip() == "make: stopped."
    assert list(tmp_path.iterdir()) == []


def _until_it_handles_signals(process: subprocess.Popen[str]) -> None:
    """Waits for the command's own SIGTERM handler, which it sets before it begins its work."""
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        pytest.skip("there is no /proc to see by when the command has begun")
    mask = 1 << (signal.SIGTERM - 1)
    while process.poll() is None:
        line = next(x for x in status.read_text().splitlines() if x.startswith("SigCgt"))
        if int(line.split()[1], 16) & mask:
            return
        time.sleep(0.01)
    pytest.fail("the command ended before it could be interrupted")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("keepers.preview", "--topic", "skils"), "do you mean skills"),
        (("keepers.preview", "--topic", "\u5bff\u53f8"), "there is no topic"),
        (("keepers.preview",), "give a question"),
        (("keepers.preview", "  "), "give a question"),
        (("keepers.preview", "which tools"), "there is no model yet"),
    ],
)
def test_a_preview_of_nothing(arguments: tuple[str, ...], reason: str, tmp_path: Path) -> None:
    _one_line(Copy(tmp_path).run(*arguments), reason)


def test_content_with_a_fault_is_told_by_its_line(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.path("content/gaps.yml").write_text("gaps: [\n", encoding="utf-8")
    for command in ("keepers.preview", "keepers.coverage"):
        done = copy.run(command, *(["--topic", "skills"] if "preview" in command else []))
        assert done.returncode == 1
        assert "gaps.yml:" in done.stderr
        assert "Traceback" not in done.stderr
