"""Close requests of the platform, and where the focus goes."""

from __future__ import annotations

import pytest

from tests.browser.engines.chat import LAUNCHER, Visit
from tests.browser.engines.conftest import Gate

SMALL = (640, 410)  # what 1280 x 820 has left at 200 %; the chat takes all of it, as on phones


def _open_small(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page())
    visit.tab.resize(*SMALL)
    visit.open()
    visit.until("one('dialog').matches(':modal')")


def test_a_close_request_of_the_platform_closes_the_chat(visit: Visit, gate: Gate) -> None:
    _open_small(visit, gate)
    visit.run("focused().blur(); document.activeElement?.blur()")  # no key gets to the chat itself
    visit.tab.press("Escape")
    visit.await_sight(LAUNCHER)
    assert not visit.sees("#field")
    visit.open()
    assert visit.is_open


def test_a_close_request_that_cannot_be_declined_closes_the_chat_too(
    visit: Visit, gate: Gate
) -> None:
    """What the third one in a row does in Chromium: the dialog is closed, nobody is asked."""
    _open_small(visit, gate)
    visit.run("window.heard = []; TwoRolesChat.on('close', () => heard.push('close'))")
    visit.run("one('dialog').close()")
    visit.await_sight(LAUNCHER)
    visit.until("heard.length === 1")
    visit.run("await TwoRolesChat.open()")
    visit.await_sight("#field")
    assert visit.is_open


def test_close_requests_in_a_row_never_lose_the_chat(visit: Visit, gate: Gate) -> None:
    _open_small(visit, gate)
    for _ in range(3):
        visit.click(".more")
        visit.run("focused().blur(); document.activeElement?.blur()")
        visit.tab.press("Escape")
        visit.run("await sleep(100)")
        if not visit.is_open:
            visit.open()
    visit.run("TwoRolesChat.close()")
    visit.await_sight(LAUNCHER)
    visit.open()
    assert visit.is_open


@pytest.mark.parametrize("how", ["Escape", "button", "script"])
def test_a_chat_that_fills_the_screen_gives_the_focus_back(
    visit: Visit, gate: Gate, how: str
) -> None:
    _open_small(visit, gate)
    if how == "Escape":
        visit.tab.press("Escape")
    elif how == "button":
        visit.click(".head > .icon")
    else:
        visit.run("TwoRolesChat.close()")
    visit.await_sight(LAUNCHER)
    visit.until("focused()?.classList.contains('launcher')")
    visit.run("await sleep(200)")
    assert visit.focus == "launcher"


def test_closing_by_script_leaves_the_focus_that_is_elsewhere(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page(body='<h1>Elsewhere</h1><input id="own">')).open()
    visit.run("document.querySelector('#own').focus(); TwoRolesChat.close(); await sleep(200)")
    assert visit.run("return document.activeElement.id") == "own"
