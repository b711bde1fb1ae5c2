"""Pages of other sites use the chat only where that is configured."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.channels.conftest import SITE
from tests.channels.visitor import PREFIX, Visitor, call
from tests.conftest import Server

_FOREIGN = [
    "https://evil.example",
    "http://site.example",
    "https://site.example.evil.example",
    "https://site.example:8443",
    "https://sub.site.example",
    "null",
    "",
    "https://[",
    "\xff",
]
_REFUSED = (403, "origin_not_allowed")


@pytest.mark.parametrize("origin", _FOREIGN)
def test_a_foreign_site_is_refused_whatever_it_asks(guest: Visitor, origin: str) -> None:
    for method, path in (("POST", "session"), ("GET", "messages"), ("OPTIONS", "messages")):
        answer = guest.call(method, path, headers={"Origin": origin})
        assert answer.error == _REFUSED
        assert "access-control-allow-origin" not in answer.headers


def test_without_configuration_no_other_site_is_allowed(visitor: Visitor) -> None:
    assert visitor.call("GET", "messages", headers={"Origin": SITE}).error == _REFUSED


def test_the_servers_own_pages_are_allowed(visitor: Visitor) -> None:
    host = urlsplit(visitor.base).netloc
    for origin in (f"http://{host}", f"https://{host}"):  # a proxy may have ended TLS
        answer = visitor.call("GET", "messages", headers={"Origin": origin})
        assert answer.status == 200
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("status", [200, 401, 404, 405])
def test_a_configured_site_can_read_every_answer(guest: Visitor, status: int) -> None:
    method, path, token = {
        200: ("GET", "messages", guest.token),
        401: ("GET", "messages", "guess"),
        404: ("GET", "nowhere", guest.token),
        405: ("PUT", "messages", guest.token),
    }[status]
    visitor = Visitor(guest.base, token=token)
    answer = visitor.call(method, path, headers={"Origin": SITE})
    assert answer.status == status
    assert answer.headers["access-control-allow-origin"] == SITE
    assert "Origin" in answer.headers["vary"]
    assert "Retry-After" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize(
    ("path", "methods"),
    [("session", {"POST", "DELETE"}), ("messages", {"POST", "GET"}), ("feedback", {"POST"})],
)
def test_a_browser_is_told_what_a_configured_site_may_send(
    scripted: Server, path: str, methods: set[str]
) -> None:
    headers = {
        "Origin": SITE,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    answer = call(scripted.base, "OPTIONS", f"{PREFIX}/{path}", headers=headers)
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == SITE
    assert set(answer.headers["access-control-allow-methods"].split(", ")) == methods
    allowed = answer.headers["access-control-allow-headers"].lower().split(", ")
    assert set(allowed) == {"authorization", "content-type"}
    assert int(answer.headers["access-control-max-age"]) > 0


def test_rasas_own_channel_answers_browsers_as_before(scripted: Server) -> None:
    answer = call(scripted.base, "OPTIONS", "/webhooks/rest/webhook", headers={"Origin": SITE})
    assert answer.status == 200
    assert "access-control-allow-origin" not in answer.headers
