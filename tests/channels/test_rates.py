"""Nobody may ask too often, and who must wait is told how long."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from pathlib import Path

import pytest
from limits import parse_many
from sanic.compat import Header
from sanic.models.server_types import ConnInfo
from sanic.request import Request

from benchmarks.processes import free_port
from channels.webchat import clients
from channels.webchat.errors import Refusal
from channels.webchat.rates import Rates
from tests.channels.conftest import ADDRESS_RATE, NEW_SESSION_RATE, SESSION_RATE
from tests.channels.visitor import Answer, Visitor
from tests.conftest import Server


def _is_told_to_wait(answer: Answer) -> bool:
    wait = int(answer.headers.get("retry-after", "0"))
    return (
        answer.error == (429, "too_many")
        and 0 < wait <= 3600
        and str(wait) in answer.json["message"]
    )


def test_a_conversation_has_a_rate(guest: Visitor) -> None:
    statuses = [guest.post(text="thanks").status for _ in range(SESSION_RATE)]
    assert statuses == [200] * SESSION_RATE
    assert _is_told_to_wait(guest.post(text="thanks"))
    assert _is_told_to_wait(guest.call("POST", "feedback", {"answer": "x", "helpful": True}))
    assert len(guest.said) == SESSION_RATE


def test_the_rate_of_one_conversation_is_not_that_of_another(guest: Visitor) -> None:
    for _ in range(SESSION_RATE + 1):
        last = guest.post(text="thanks")
    assert last.status == 429
    assert Visitor(guest.base).begin().post(text="thanks").status == 200


def test_an_address_has_a_rate_whatever_it_asks(scripted: Server) -> None:
    nobody = Visitor(scripted.base)
    statuses = [nobody.call("GET", "messages").status for _ in range(ADDRESS_RATE)]
    assert statuses == [401] * ADDRESS_RATE
    assert _is_told_to_wait(nobody.call("GET", "messages"))
    assert _is_told_to_wait(nobody.call("POST", "session"))
    assert Visitor(scripted.base).call("GET", "messages").status == 401


def test_an_address_begins_only_so_many_conversations(scripted: Server) -> None:
    greedy = Visitor(scripted.base)
    statuses = [greedy.call("POST", "session").status for _ in range(NEW_SESSION_RATE + 1)]
    assert statuses == [201] * NEW_SESSION_RATE + [429]


def test_an_address_that_a_client_makes_up_is_not_believed(scripted: Server) -> None:
    """The proxy appends the address that it sees; what stands before it came from the client."""
    real = Visitor(scripted.base).address
    statuses = []
    for number in range(NEW_SESSION_RATE + 1):
        made_up = Visitor(scripted.base, f"192.0.2.{number}, {real}")
        statuses.append(made_up.call("POST", "session").status)
    assert statuses == [201] * NEW_SESSION_RATE + [429]


def test_a_household_counts_as_one_address(scripted: Server) -> None:
    homes = [Visitor(scripted.base, f"2001:db8:0:7::{n:x}") for n in range(1, 7)]
    statuses = [home.call("POST", "session").status for home in homes]
    assert statuses == [201] * NEW_SESSION_RATE + [429] * 2
    assert Visitor(scripted.base, "2001:db8:0:8::1").call("POST", "session").status == 201


class _Transport:
    """A connection, as far as Sanic asks for its peer."""

    def get_extra_info(self, name: str) -> object:
        return ("198.51.100.7", 4711) if name == "peername" else None


@pytest.mark.parametrize(
    ("proxies", "address"),
    [(0, "198.51.100.7"), (1, "192.0.2.2"), (2, "192.0.2.1"), (3, "198.51.100.7")],
)
def test_as_many_proxies_are_believed_as_there_are(proxies: int, address: str) -> None:
    headers = Header({"x-forwarded-for": "192.0.2.1, 192.0.2.2"})
    request = Request(b"/", headers, "1.1", "GET", _Transport(), None)
    request.conn_info = ConnInfo(_Transport())
    assert clients.address(request, proxies) == address


async def _allowed(rates: Rates, times: int) -> list[bool]:
    result = []
    for _ in range(times):
        try:
            await rates.count("address", "somebody")
        except Refusal:
            result.append(False)
        else:
            result.append(True)
    return result


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed")
def test_servers_share_their_counts_in_redis_and_count_alone_without_it(tmp_path: Path) -> None:
    port = free_port()
    redis = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert redis.stdout is not None
        assert any("ready to accept" in line.lower() for line in redis.stdout)
        limits = {"address": parse_many("3/hour")}
        first, second = (Rates(limits, f"redis://127.0.0.1:{port}/0") for _ in range(2))
        assert asyncio.run(_allowed(first, 2)) == [True, True]
        assert asyncio.run(_allowed(second, 2)) == [True, False]
    finally:
        redis.terminate()
        redis.wait()
    assert asyncio.run(_allowed(second, 4)) == [True, True, True, False]
