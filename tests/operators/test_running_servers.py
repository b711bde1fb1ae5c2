"""What operators see of the two running servers: figures, and logs that one id joins."""

from __future__ import annotations

import json
import re
import secrets
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benchmarks.processes import free_port
from tests.channels.visitor import Visitor, call, new_id
from tests.conftest import Server, rasa_server, write_configuration
from tools import launch

_QUESTION = "what skills does an ML engineer need?"


@dataclass(frozen=True)
class Watched:
    """Both servers, their figures and their logs."""

    bot: Server
    actions: str
    actions_log: Path
    metrics_port: int
    actions_metrics_port: int

    def figures(self, port: int) -> str:
        """All that is served for Prometheus."""
        address = f"http://{launch.HOST}:{port}/metrics"
        with urllib.request.urlopen(address, timeout=5) as response:
            return str(response.read().decode())

    @staticmethod
    def lines(log: Path, logger: str) -> list[dict[str, Any]]:
        """What a logger wrote, in a log of JSON lines."""
        texts = log.read_text(encoding="utf-8").splitlines()
        values = [json.loads(text) for text in texts if text.startswith("{")]
        return [value for value in values if value["logger"] == logger]


@pytest.fixture(scope="module")
def watched(model_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Servers that are told to log JSON and to serve figures."""
    folder, ports = tmp_path_factory.mktemp("watched"), (free_port(), free_port())
    actions_port = free_port()
    webchat = {"secret": secrets.token_hex(32)}
    paths = write_configuration(folder, actions_port, {"channels.webchat.WebChat": webchat})
    launch.RUN.mkdir(exist_ok=True)
    log = launch.RUN / f"actions-{actions_port}.log"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOG_FORMAT", "json")
        patch.setenv("METRICS_PORT", str(ports[0]))
        patch.setenv("ACTIONS_METRICS_PORT", str(ports[1]))
        actions = launch.start_actions(actions_port)
        try:
            launch.wait_until_up(actions, f"http://{launch.HOST}:{actions_port}/health", log)
            with rasa_server(model_path, *paths) as bot:
                base = f"http://{launch.HOST}:{actions_port}"
                yield Watched(bot, base, log, *ports)
        finally:
            launch.stop(actions)


def test_responses_are_counted_by_number(watched: Watched) -> None:
    visitor = Visitor(watched.bot.base).begin()
    visitor.say(_QUESTION)
    stranger = Visitor(watched.bot.base, token="none")  # noqa: S106
    assert stranger.call("GET", "messages").status == 401
    text = watched.figures(watched.metrics_port)
    statuses = set(re.findall(r'assistant_http_responses_total\{status="(.*?)"\}', text))
    assert {"200", "201", "401"} <= statuses
    assert all(re.fullmatch(r"[1-5]\d\d", status) for status in statuses), statuses
    assert 'assistant_turns_total{channel="webchat",outcome="answer"}' in text


def test_the_action_server_has_figures_of_its_own(watched: Watched) -> None:
    Visitor(watched.bot.base).begin().say(_QUESTION)
    text = watched.figures(watched.actions_metrics_port)
    (count,) = re.findall(r'assistant_action_seconds_count\{outcome="ok"\} (\S+)', text)
    assert float(count) >= 1
    assert "process_resident_memory_bytes" in text


def test_one_id_leads_from_the_request_through_both_logs(watched: Watched) -> None:
    visitor, given = Visitor(watched.bot.base).begin(), secrets.token_hex(16)
    message = {"id": new_id(), "text": _QUESTION}
    answer = visitor.call("POST", "messages", message, {"X-Request-Id": given})
    assert answer.status == 200
    (turn,) = [
        line
        for line in watched.lines(watched.bot.log, "assistant.turns")
        if line.get("request") == given
    ]
    (action,) = [
        line
        for line in watched.lines(watched.actions_log, "assistant.actions")
        if line.get("request") == given
    ]
    assert (turn["outcome"], action["outcome"]) == ("answer", "ok")


def test_what_is_no_id_gets_into_no_log(watched: Watched) -> None:
    visitor = Visitor(watched.bot.base).begin()
    headers = {"X-Request-Id": 'x" injected="yes'}
    assert visitor.call("GET", "messages", headers=headers).status in (200, 401)
    visitor.say(_QUESTION)
    assert "injected" not in watched.bot.log.read_text(encoding="utf-8")
    last = watched.lines(watched.bot.log, "assistant.turns")[-1]
    assert re.fullmatch(r"[0-9a-f]{32}", last["request"])


def test_the_action_servers_log_has_no_word_of_a_visitor(watched: Watched) -> None:
    Visitor(watched.bot.base).begin().say("my zyxwvut cat asks what an ML engineer does")
    assert "zyxwvut" not in watched.actions_log.read_text(encoding="utf-8")


def test_nor_has_it_one_where_the_sdk_quotes_what_it_was_sent(watched: Watched) -> None:
    asked = {"next_action": "zyxwvut", "sender_id": "x", "tracker": {}, "domain": {}}
    answer = call(watched.actions, "POST", "/webhook", json.dumps(asked).encode())
    assert answer.status == 404
    (line, *_) = watched.lines(watched.actions_log, "rasa_sdk.endpoint")[::-1]
    assert line["level"] == "error"
    assert "zyxwvut" not in watched.actions_log.read_text(encoding="utf-8")
