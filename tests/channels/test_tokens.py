"""A token opens one conversation, and nobody but the server can make one."""

from __future__ import annotations

import stat
import string
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from channels.webchat.tokens import Tokens, kept_secret
from tests.channels.visitor import Visitor
from tests.conftest import ROOT, Server

_SECRET = "a secret of more than thirty-two characters"  # noqa: S105
_REFUSED = (401, "bad_token")


def _altered(token: str) -> list[str]:
    """The token with each of its characters changed once."""
    other = {char: "A" if char != "A" else "B" for char in string.printable}
    return [token[:at] + other[char] + token[at + 1 :] for at, char in enumerate(token[:-1])]


def test_a_token_names_its_sender() -> None:
    tokens = Tokens(_SECRET)
    token = tokens.issue()
    assert tokens.sender(token) == Tokens(_SECRET).sender(token)
    assert tokens.sender(token) != tokens.sender(tokens.issue())


def test_a_sender_does_not_give_its_token_away() -> None:
    tokens = Tokens(_SECRET)
    token = tokens.issue()
    sender = str(tokens.sender(token))
    assert token.partition(".")[2] not in sender
    assert tokens.sender(sender) is None


def test_no_token_with_a_changed_character_is_valid() -> None:
    tokens = Tokens(_SECRET)
    assert {tokens.sender(token) for token in _altered(tokens.issue())} == {None}


@pytest.mark.parametrize("token", ["", ".", "a.b", "\udfff.\ud800", "é.é", "." * 5000])
def test_what_is_no_token_names_nobody(token: str) -> None:
    assert Tokens(_SECRET).sender(token) is None


def test_another_secret_reads_no_token() -> None:
    assert Tokens(_SECRET + "!").sender(Tokens(_SECRET).issue()) is None


@pytest.mark.parametrize("secrets", [[], ["short"], [_SECRET, "short"], [_SECRET, ""]])
def test_a_short_secret_is_refused(secrets: list[str]) -> None:
    with pytest.raises(ValueError, match="32"):
        Tokens(*secrets)


def test_a_secret_can_be_replaced_while_its_tokens_are_in_use() -> None:
    old, new = _SECRET, _SECRET[::-1]
    before, between, after = Tokens(old), Tokens(new, old), Tokens(new)
    token = before.issue()
    assert between.sender(token) == before.sender(token)
    assert after.sender(token) is None
    assert before.sender(between.issue()) is None
    assert after.sender(between.issue()) is not None


def test_a_token_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, now = Tokens(_SECRET, days=2), time.time()
    token = tokens.issue()
    for days, is_valid in ((1.9, True), (2.1, False), (-1, True)):  # a clock may be set back
        monkeypatch.setattr(time, "time", lambda days=days: now + days * 86_400)
        assert (tokens.sender(token) is not None) is is_valid


def test_a_kept_secret_is_for_its_owner_alone_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "run" / "secret"
    secret = kept_secret(path)
    assert len(secret) >= 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept_secret(path) == secret
    assert [each.name for each in path.parent.iterdir()] == ["secret"]


def test_processes_that_start_together_agree_on_the_kept_secret(tmp_path: Path) -> None:
    code = "import sys, pathlib, runpy; module = runpy.run_path('channels/webchat/tokens.py'); "
    code += "sys.stdin.read(); print(module['kept_secret'](pathlib.Path(sys.argv[1])))"
    command = [sys.executable, "-c", code, str(tmp_path / "secret")]
    started = [
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for process in started:  # all at once: each waits for the end of its input
        assert process.stdin is not None
        process.stdin.close()
    secrets = set()
    for process in started:
        assert process.stdout is not None
        secrets.add(process.stdout.read())
        assert process.wait() == 0
    assert len(secrets) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_server_takes_its_own_tokens_only(visitor: Visitor, method: str) -> None:
    identity, _, signature = visitor.token.partition(".")
    guesses = ["", identity, f"{identity}.", f"{identity}.{signature[::-1]}", f".{signature}"]
    guesses += [Tokens(_SECRET).issue(), f"web-{identity}", "null", _altered(visitor.token)[0]]
    for guess in guesses:
        stranger = Visitor(visitor.base, token=guess)
        assert stranger.call(method, "messages").error == _REFUSED


def test_a_well_signed_token_without_a_conversation_opens_none(server: Server) -> None:
    settings = yaml.safe_load(server.credentials.read_text(encoding="utf-8"))
    token = Tokens(settings["channels.webchat.WebChat"]["secret"]).issue()
    stranger = Visitor(server.base, token=token)
    assert stranger.call("GET", "messages").error == _REFUSED
    assert stranger.post(text="hello").error == _REFUSED
    assert stranger.call("DELETE", "session").error == _REFUSED


@pytest.mark.parametrize("form", ["{}", "Basic {}", "Bearer", "Token {}", "Bearer {} {}"])
def test_the_token_must_stand_where_the_contract_says(visitor: Visitor, form: str) -> None:
    headers = {"Authorization": form.format(visitor.token, visitor.token)}
    assert visitor.call("GET", "messages", headers=headers).error == _REFUSED
    assert visitor.call("GET", f"messages?token={visitor.token}", headers=headers).status == 401
