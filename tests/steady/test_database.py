"""The database is locked, its disk is full or read-only, or its clock was wrong."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

from server.database import STATEMENT_SECONDS
from tests.channels.visitor import call
from tests.steady.conftest import (
    FOLLOW_UP,
    QUESTION,
    Assistant,
    ReadOnlyDisk,
    apologised,
    in_time,
)
from tools import launch

_ASKED = "which tools do ML engineers use?"


def test_locked(assistant: Assistant) -> None:
    visitor = assistant.visitor()
    visitor.say(QUESTION)
    before = assistant.stored(_ASKED)
    with sqlite3.connect(assistant.database, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        with in_time():
            assert apologised(visitor.post(text=_ASKED))
        with in_time():
            (reply,) = assistant.rest("locked", _ASKED)
            assert "sorry" in reply["text"]
        other.execute("ROLLBACK")
    assert assistant.stored(_ASKED) == before
    (reply,) = visitor.say(FOLLOW_UP)
    assert "AI engineer" in reply["text"]
    assert visitor.said == [QUESTION, FOLLOW_UP]


def test_while_it_is_locked_the_server_does_everything_else(assistant: Assistant) -> None:
    visitor = assistant.visitor()
    with sqlite3.connect(assistant.database, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        asking = threading.Thread(target=lambda: visitor.post(text=_ASKED))
        asking.start()
        slowest = 0.0
        while asking.is_alive():
            started = time.monotonic()
            assert call(assistant.base, "GET", "/health").status == 200
            slowest = max(slowest, time.monotonic() - started)
        other.execute("ROLLBACK")
    assert slowest < 0.9 * STATEMENT_SECONDS  # what a single wait for the database takes


def test_full_disk(assistant: Assistant) -> None:
    visitor = assistant.visitor()
    visitor.say(QUESTION)
    before = assistant.stored(_ASKED)
    with assistant.full_disk():
        ready = call(assistant.base, "GET", "/ready")
        assert (ready.status, ready.json["conversations"]) == (503, False)
        with in_time():
            assert apologised(visitor.post(text=_ASKED))
        with in_time():
            (reply,) = assistant.rest("full", _ASKED)
            assert "sorry" in reply["text"]
    assert assistant.stored(_ASKED) == before
    (reply,) = visitor.say(FOLLOW_UP)
    assert "AI engineer" in reply["text"]
    assert visitor.said == [QUESTION, FOLLOW_UP]


def test_read_only_disk(model_path: Path, tmp_path: Path, read_only: ReadOnlyDisk) -> None:
    assistant = Assistant(tmp_path / "assistant", model_path)
    assistant.database.symlink_to(read_only.folder / "conversations.db")
    assistant.start_actions()
    try:
        assistant.start_server()
        visitor = assistant.visitor()
        visitor.say(QUESTION)
        launch.stop(assistant.server)
        read_only.seal()
        assistant.start_server()
        with in_time():
            assert apologised(visitor.post(text=_ASKED))
        with in_time():
            (reply,) = assistant.rest("sealed", _ASKED)
            assert "sorry" in reply["text"]
        assert assistant.stored(_ASKED) == 0
        read_only.open()
        (reply,) = visitor.say(FOLLOW_UP)
        assert "AI engineer" in reply["text"]
        assert visitor.said == [QUESTION, FOLLOW_UP]
    finally:
        assistant.stop()


def test_clock_set_back_by_a_day(assistant: Assistant) -> None:
    visitor = assistant.visitor()
    visitor.say(QUESTION)
    with sqlite3.connect(assistant.database) as database:  # all so far happened tomorrow
        database.execute(
            "UPDATE events SET timestamp = timestamp + 86400, data = json_set("
            "data, '$.timestamp', json_extract(data, '$.timestamp') + 86400)"
        )
    (reply,) = visitor.say(FOLLOW_UP)
    assert "AI engineer" in reply["text"]
    (reply,) = visitor.say("shorter please")
    assert reply["kind"] == "answer" or "AI engineer" in reply["text"]
    assert visitor.said == [QUESTION, FOLLOW_UP, "shorter please"]
