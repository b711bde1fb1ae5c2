"""The time limits of all parts leave each other time: what hangs is given up while there is some.

What each part does within its limit, `tests/steady` and `make scale-test` show.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from sanic.config import DEFAULT_CONFIG

from benchmarks.scale import PROMISED_SECONDS
from channels.webchat.settings import Settings
from server import agent, lock_store, remote_action, tracker_store
from server.tracker_store import ConversationStore
from tests.conftest import ROOT
from tools.kept_process import STOP_SECONDS

_NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
_VISITORS = _NGINX[_NGINX.index("listen 8080") : _NGINX.index("listen 5055")]
_ACTIONS = _NGINX[_NGINX.index("listen 5055") :]


def _seconds(text: str, name: str) -> float:
    (found,) = re.findall(rf"^\s*{name}\s+(\d+)(ms|s)\s*;", text, re.MULTILINE)
    return float(found[0]) / (1000 if found[1] == "ms" else 1)


def _yaml(name: str) -> dict[str, Any]:
    value: dict[str, Any] = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    return value


_CONNECTING = _seconds(_NGINX, "proxy_connect_timeout")
_TRIES = int(re.findall(r"proxy_next_upstream_tries (\d+);", _NGINX)[0])
_REPLY = float(_yaml("credentials.production.yml")["channels.webchat.WebChat"]["reply_seconds"])
_ACTION = float(_yaml("endpoints.production.yml")["action_endpoint"]["timeout"])


def test_when_one_server_hangs_another_one_answers_in_time() -> None:
    assert _TRIES == 2
    assert _TRIES * _seconds(_VISITORS, "proxy_read_timeout") <= PROMISED_SECONDS - 0.5
    # A machine that is gone does not even take the connection.
    gone = _CONNECTING + _seconds(_VISITORS, "proxy_read_timeout")
    assert gone <= PROMISED_SECONDS - 0.5


def test_a_server_that_is_well_answers_before_it_is_given_up() -> None:
    assert _seconds(_VISITORS, "proxy_read_timeout") - 0.2 >= _REPLY


def test_when_one_action_server_hangs_another_one_is_asked_in_the_same_turn() -> None:
    assert _TRIES * _seconds(_ACTIONS, "proxy_read_timeout") <= _ACTION
    assert _ACTION <= _REPLY - 0.3  # the apology is stored


def test_a_server_alone_has_its_limit_too() -> None:
    assert Settings().reply_seconds <= PROMISED_SECONDS - 0.5
    assert agent.TURN_SECONDS < agent.LAST_SECONDS <= PROMISED_SECONDS - 0.5
    assert remote_action.DEFAULT_SECONDS <= agent.TURN_SECONDS - 0.3
    assert Settings().reply_seconds - 0.5 >= remote_action.DEFAULT_SECONDS


def test_a_hung_database_or_redis_leaves_time_for_an_apology() -> None:
    assert ConversationStore(db=":memory:").patience_seconds + tracker_store._RETRY_SECONDS < _REPLY
    assert lock_store._REDIS_SECONDS < _REPLY / 4


def test_a_server_that_is_ended_has_time_for_its_turns() -> None:
    assert DEFAULT_CONFIG["GRACEFUL_SHUTDOWN_TIMEOUT"] < STOP_SECONDS
    compose = _yaml("compose.yml")["x-ours"]["stop_grace_period"]
    assert float(compose.removesuffix("s")) > STOP_SECONDS
    for name in ("bots", "actions"):
        text = (ROOT / "deploy" / "kubernetes" / f"{name}.yaml").read_text(encoding="utf-8")
        (grace,) = re.findall(r"terminationGracePeriodSeconds: (\d+)", text)
        assert float(grace) > STOP_SECONDS
    unit = (ROOT / "deploy" / "one-machine" / "two-roles.service").read_text(encoding="utf-8")
    (both,) = re.findall(r"TimeoutStopSec=(\d+)", unit)
    assert float(both) > 2 * STOP_SECONDS  # one after the other


def test_the_lock_of_a_frozen_server_is_free_when_the_next_one_is_asked() -> None:
    assert _seconds(_VISITORS, "proxy_read_timeout") >= lock_store._LIFETIME_SECONDS
