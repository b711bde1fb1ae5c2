"""A running assistant takes another model over, and nobody who talks to it notices."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks.processes import free_port
from tests.conftest import ROOT
from tools.launch import HOST

_SECONDS = 600


@dataclass
class Visitors:
    """Somebody who asks again and again; what went wrong is kept."""

    port: int
    asked: int = 0
    failures: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def talk(self) -> None:
        while not self._stop.is_set():
            body = json.dumps({"sender": uuid.uuid4().hex, "message": "what do ML engineers do?"})
            url = f"http://{HOST}:{self.port}/webhooks/rest/webhook"
            request = urllib.request.Request(url, body.encode())
            try:
                with urllib.request.urlopen(request, timeout=_SECONDS) as response:
                    if not json.load(response):
                        self.failures.append("no reply")
            except OSError as error:
                self.failures.append(str(error))
            self.asked += 1

    def stop(self) -> None:
        self._stop.set()


@dataclass
class Serving:
    """`make serve` in a folder."""

    folder: Path
    port: int
    process: subprocess.Popen[str]

    def run(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a command beside it."""
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=self.folder,
            env={**os.environ, "PORT": str(self.port)},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def serving(model_path: Path, tmp_path: Path) -> Iterator[Serving]:
    """The assistant in a folder of its own, with its model and an earlier one."""
    folder = tmp_path / "project"
    folder.mkdir()
    for path in ROOT.iterdir():
        if path.name not in ("models", ".run", "conversations.db"):
            (folder / path.name).symlink_to(path)
    (folder / "models").mkdir()
    for name, age in ((model_path.name, 0), ("assistant-earlier.tar.gz", 1000)):
        kept = shutil.copy(model_path, folder / "models" / name)
        os.utime(kept, (1_700_000_000 - age,) * 2)
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.launch", "serve"],
        cwd=folder,
        env={**os.environ, "PORT": str(port), "ACTIONS_PORT": str(free_port())},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert any("Chat at" in line for line in iter(process.stdout.readline, ""))
        yield Serving(folder, port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_SECONDS)


def _server_of(serving: Serving) -> set[int]:
    """Process ids of the servers at its port."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"tools.rasa_cli" in arguments and str(serving.port).encode() in arguments:
            found.add(int(folder.name))
    return found


def test_a_rollback_is_taken_over_without_a_lost_message(
    serving: Serving, model_path: Path
) -> None:
    visitors = Visitors(serving.port)
    talking = threading.Thread(target=visitors.talk)
    talking.start()
    try:
        (first,) = _server_of(serving)
        back = serving.run("tools.models")
        assert back.returncode == 0, back.stderr
        taken = serving.run("tools.handover")
        assert (taken.returncode, taken.stderr) == (0, "")
        assert taken.stdout == "The assistant serves assistant-earlier.tar.gz.\n"
        (second,) = _server_of(serving)
        assert second != first
        none = serving.run("tools.models")
        assert none.returncode == 1
        assert "there is no earlier model" in none.stderr
        asked = visitors.asked
        while visitors.asked < asked + 3:  # it goes on answering
            assert talking.is_alive()
    finally:
        visitors.stop()
        talking.join()
    assert visitors.failures == []
    assert visitors.asked > 3
    (serving.folder / "models" / "assistant-earlier.tar.gz").write_bytes(b"torn")
    failed = serving.run("tools.handover")
    assert failed.returncode == 1
    assert "goes on as it was" in failed.stderr
    assert _server_of(serving) == {second}


def test_without_an_assistant_there_is_nothing_to_restart(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.handover"],
        cwd=tmp_path,
        env={**os.environ, "PORT": str(free_port()), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "is running at port" in done.stderr
    assert len(done.stderr.splitlines()) == 1
