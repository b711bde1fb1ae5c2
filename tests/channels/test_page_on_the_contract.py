"""docs/api.md: its requests, keys and codes are all there are, and its example runs."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from http import HTTPStatus

from channels.webchat.channel import WebChat
from channels.webchat.replies import reply_from
from channels.webchat.settings import Settings
from tests.conftest import ROOT, Server

_PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
_MODULES = sorted((ROOT / "channels" / "webchat").glob("*.py"))
_REFUSING = {"Refusal", "bad_request", "not_acceptable_here"}


def _rows(head: str) -> list[list[str]]:
    lines = _PAGE[_PAGE.index(head) :].partition("\n\n")[0].splitlines()[2:]
    return [line.strip("| ").split(" | ") for line in lines]


def test_the_requests_are_all_of_them() -> None:
    found = (re.findall(r"`([A-Z]+) ?(\w*)`", row[0]) for row in _rows("| request |"))
    page = {each for requests in found for each in requests}
    routes = WebChat(Settings())._routes
    assert page == {(method, path) for path, methods in routes.items() for method in methods}


def test_the_keys_of_a_reply_are_all_of_them() -> None:
    reply = reply_from({"text": "Yes."})
    assert reply is not None
    assert {row[0].strip("`") for row in _rows("| key |")} == set(reply)


def _calls() -> Iterator[tuple[str, list[str]]]:
    """Each function that the channel calls by name, with texts among its first two arguments."""
    for path in _MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                texts = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
                yield node.func.id, [text for text in texts if isinstance(text, str)]


def _codes() -> set[str]:
    """The codes that stand in the source; `bad_...` of a key as well."""
    codes = {text for name, texts in _calls() if name in _REFUSING for text in texts}
    of_keys = {f"bad_{text}" for name, texts in _calls() if name == "_text" for text in texts}
    return {code for code in codes if re.fullmatch(r"[a-z_]+", code)} | of_keys


def test_the_codes_are_all_of_them() -> None:
    rows = _rows("| status |")
    assert {code for row in rows for code in re.findall(r"`(\w+)`", row[1])} == _codes()
    for row in rows:
        assert all(HTTPStatus(int(status)) for status in row[0].split(", "))


def test_the_example_is_answered(server: Server) -> None:
    (block,) = re.findall(r"```console\n(.*?)```", _PAGE, re.DOTALL)
    script = re.sub(r"^\$ ", "", block, flags=re.MULTILINE)
    assert "http://127.0.0.1:5005" in script
    script = script.replace("http://127.0.0.1:5005", server.base)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["id"] == "first-message"
    assert answer["replies"][0]["statements"]
