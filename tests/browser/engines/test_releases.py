"""Where the files are: after a release, in a folder of a host, in a script of another kind."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

from tests.browser.engines.chat import LAUNCHER, Visit
from tests.browser.engines.conftest import Answer, Gate
from tests.conftest import ROOT

SKILLS = "What skills does an ML engineer need?"
_ENTRY = re.compile(r"/widget/chat-[0-9a-f]{10}\.js$")


def test_a_loader_that_names_a_chat_that_is_gone_finds_the_present_one(
    visit: Visit, gate: Gate, tmp_path: Path
) -> None:
    loader = (ROOT / "widget" / "dist" / "widget.js").read_text(encoding="utf-8")
    old = tmp_path / "widget.js"
    old.write_text(re.sub(r"chat-[0-9a-f]{10}", "chat-0123456789", loader), encoding="utf-8")
    gate.files["/widget.js"] = old
    visit.goto(gate.page()).open()
    assert "GET /widget/chat-0123456789.js" in gate.requests
    assert "feature engineering" in visit.ask(SKILLS)


def test_a_chat_that_does_not_come_can_be_tried_again_and_dismissed(
    visit: Visit, gate: Gate
) -> None:
    down = [True]
    gate.rules.append(lambda _, path: Answer(0) if "/widget/chat" in path and down[0] else None)
    visit.goto(gate.page())
    visit.click(LAUNCHER)
    visit.await_sight(".failed")
    visit.click(".failed")
    visit.await_gone(".failed")
    assert visit.focus == "launcher"
    down[0] = False
    visit.open()
    assert not visit.sees(".failed")


def test_a_chat_that_is_long_in_coming_shows_that_it_comes(visit: Visit, gate: Gate) -> None:
    let_go = threading.Event()

    def rule(method: str, path: str) -> Answer | None:
        if _ENTRY.search(path):
            let_go.wait(30)
        return None

    gate.rules.append(rule)
    visit.goto(gate.page())
    visit.click(LAUNCHER)
    visit.until("one('.launcher').ariaBusy === 'true'")
    assert visit.run("return getComputedStyle(one('.launcher'), '::after').content") == '""'
    let_go.set()
    visit.await_sight("#field")


def test_a_server_in_a_folder_of_a_host(visit: Visit, gate: Gate) -> None:
    gate.prefix = "/assistant"
    visit.goto(gate.page()).open()
    assert "feature engineering" in visit.ask(SKILLS)
    ours = [each for each in gate.requests if "/widget" in each or "/webhooks" in each]
    assert ours
    assert all(each.split()[1].startswith("/assistant/") for each in ours)


@pytest.mark.parametrize("server", ["/assistant", "/assistant/", "{}/assistant"])
def test_a_server_that_is_named(visit: Visit, gate: Gate, server: str) -> None:
    gate.prefix = "/assistant"
    visit.goto(gate.page(f'data-server="{server.format(gate.base)}"')).open()
    assert "feature engineering" in visit.ask(SKILLS)


@pytest.mark.parametrize(
    "tag",
    [
        '<script type="module" src="{}/widget.js" data-title="Desk"></script>',
        '<script src="{}/widget.js" data-title="Desk" async></script>',
        '<script src="{}/widget.js" data-title="Desk"></script>',
    ],
)
def test_any_kind_of_script_tag(visit: Visit, gate: Gate, tag: str) -> None:
    visit.goto(gate.page(script=tag.format(gate.base))).open()
    assert visit.texts("#title") == ["Desk"]


def test_nothing_is_sent_where_there_is_nothing_to_send(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page())
    visit.await_sight(LAUNCHER)
    visit.run("await TwoRolesChat.send(undefined); await TwoRolesChat.send('  '); await sleep(100)")
    assert visit.is_open
    assert visit.said == []
    visit.run("await TwoRolesChat.send(7)")
    visit.await_answers(1)
    assert visit.said == ["7"]
