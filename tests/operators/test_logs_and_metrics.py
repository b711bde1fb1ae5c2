"""Logs and metrics tell how turns went, and not what was said."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import urllib.request
from types import SimpleNamespace

import pytest

from benchmarks.processes import free_port
from server import logs, metrics, turn_log

_SECRET = "what a visitor wrote"  # noqa: S105


def _record() -> logging.LogRecord:
    try:
        raise ValueError(_SECRET)
    except ValueError:
        error = sys.exc_info()
    return logging.LogRecord("some.logger", logging.ERROR, "file.py", 1, "it failed", (), error)


def test_a_json_line_shows_where_an_error_came_from_and_not_its_message() -> None:
    line = logs.JsonFormatter().format(_record())
    value = json.loads(line)
    assert (value["level"], value["message"], value["exception"]) == (
        "error",
        "it failed",
        "ValueError",
    )
    assert any("_record" in place for place in value["trace"])
    assert _SECRET not in line


def test_of_what_rasa_logs_with_values_only_the_name_is_kept() -> None:
    event = {"event": "rest.message.received.failure", "text": _SECRET, "exc_info": True}
    try:
        raise ValueError(_SECRET)
    except ValueError:
        kept = logs._without_values(None, "exception", event)
    assert kept == {"event": "rest.message.received.failure: ValueError"}


def test_a_turn_is_logged_by_a_hash_of_its_conversation(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO, "assistant.turns"):
        turn_log.note("visitor-1", "webchat", 0.01234, ["small_talk", "gap"], "")
    (record,) = caplog.records
    value = json.loads(logs.JsonFormatter().format(record))
    assert (value["channel"], value["seconds"], value["outcome"]) == ("webchat", 0.0123, "gap")
    assert value["conversation"] == turn_log.conversation_hash("visitor-1")
    assert "visitor-1" not in json.dumps(value)


def test_metrics_are_served_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setenv("METRICS_PORT", str(port))
    metrics.serve()
    turn_log.note("visitor-2", "metrics-test", 0.03, [], "StoreError")
    metrics.response(429)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as response:
        text = response.read().decode()
    assert 'assistant_turns_total{channel="metrics-test",outcome="error"} 1.0' in text
    assert 'assistant_turn_seconds_bucket{channel="metrics-test",le="0.03"} 1.0' in text
    assert 'assistant_errors_total{error="StoreError"} 1.0' in text
    assert 'assistant_http_responses_total{status="429"} 1.0' in text
    assert "visitor-2" not in text


def _logged(name: str, serving: bool, caplog: pytest.LogCaptureFixture) -> logging.LogRecord:
    async def serve() -> None:
        if serving:
            await logs.begin(SimpleNamespace(headers={}))
        try:
            raise ValueError(_SECRET)
        except ValueError:
            logging.getLogger(name).warning(
                "it is %s", _SECRET, extra={"text": _SECRET}, exc_info=True
            )

    caplog.clear()
    caplog.handler.addFilter(words_out := logs.WordsOut())
    try:
        asyncio.run(serve())
    finally:
        caplog.handler.removeFilter(words_out)
    (record,) = caplog.records
    return record


def test_of_others_lines_in_a_visitors_request_only_the_place_is_kept(
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("rasa.core.processor", "sanic.error", "py.warnings", "asyncio"):
        record = _logged(name, True, caplog)
        for shown in (logs.JsonFormatter().format(record), logging.Formatter().format(record)):
            assert _SECRET not in shown
            assert "ValueError" in shown
            assert "test_logs_and_metrics" in shown


def test_others_lines_of_a_start_and_our_own_are_left_as_they_are(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert _logged("rasa.core.run", False, caplog).getMessage() == f"it is {_SECRET}"
    assert _logged("server.agent", True, caplog).getMessage() == f"it is {_SECRET}"
