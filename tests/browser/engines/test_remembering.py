"""What a tab remembers, and what it does not force upon a visitor."""

from __future__ import annotations

import threading

from tests.browser.engines.chat import FIELD, LAUNCHER, Visit
from tests.browser.engines.conftest import Gate

SKILLS = "What skills does an ML engineer need?"
_OWN = '<h1>Elsewhere</h1><input id="own" autofocus>'


def test_data_open_leaves_the_focus_and_opens_once_in_a_tab(visit: Visit, gate: Gate) -> None:
    address = gate.page("data-open", body=_OWN)
    visit.goto(address)
    visit.await_sight(FIELD)
    visit.run("await sleep(200)")
    assert visit.focus in ("INPUT", "BODY")
    assert visit.run("return document.activeElement.tagName") != "TWO-ROLES-CHAT"
    visit.click(".head > .icon")
    visit.await_sight(LAUNCHER)
    visit.goto(address)
    visit.await_sight(LAUNCHER)
    visit.run("await sleep(500)")
    assert not visit.sees(FIELD)


def test_data_open_does_not_cover_a_small_page(visit: Visit, gate: Gate) -> None:
    visit.tab.resize(640, 410)
    visit.goto(gate.page("data-open"))
    visit.await_sight(LAUNCHER)
    visit.run("await sleep(500)")
    assert not visit.sees(FIELD)


def test_an_open_chat_and_its_draft_are_there_on_the_next_page(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page()).open()
    visit.ask(SKILLS)
    visit.write("and what about")
    visit.goto(gate.page(path="/next", body=_OWN))
    visit.await_sight(FIELD)
    visit.await_answers(1)
    assert visit.run("return one(values[0]).value", FIELD) == "and what about"
    assert visit.run("return document.activeElement.tagName") != "TWO-ROLES-CHAT"
    visit.run("one(values[0]).focus()", FIELD)
    visit.tab.press("Enter")
    visit.await_answers(2)
    visit.goto(gate.page(path="/third"))
    visit.await_sight(FIELD)
    assert visit.run("return one(values[0]).value", FIELD) == ""


def test_a_teaser_is_shown_once(visit: Visit, gate: Gate) -> None:
    address = gate.page('data-teaser="May I help?"')
    visit.goto(address)
    visit.await_sight(".teaser")
    assert visit.texts(".tease") == ["May I help?"]
    visit.click(".teaser .icon")
    visit.await_gone(".teaser")
    visit.goto(address)
    visit.await_sight(LAUNCHER)
    visit.run("await sleep(700)")
    assert not visit.sees(".teaser")


def test_a_teaser_opens_the_chat(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page('data-teaser="May I help?"'))
    visit.click(".tease")
    visit.await_sight(FIELD)
    visit.run("TwoRolesChat.close()")
    visit.await_sight(LAUNCHER)
    assert not visit.sees(".teaser")


def test_an_answer_to_a_closed_chat_is_on_the_launcher_and_in_the_title(
    visit: Visit, gate: Gate
) -> None:
    let_go = threading.Event()

    def slowly(method: str, path: str) -> None:
        if method == "POST" and path.endswith("/messages"):
            let_go.wait(30)

    gate.rules.append(slowly)
    visit.goto(gate.page()).open()
    visit.run("window.heard = []; TwoRolesChat.on('unread', (detail) => heard.push(detail.count))")
    visit.write(SKILLS)
    visit.tab.press("Enter")
    visit.until("all('[data-waiting]').length === 1")
    visit.run("TwoRolesChat.close()")
    visit.await_sight(LAUNCHER)
    let_go.set()
    visit.await_sight(".badge")
    assert visit.texts(".badge") == ["1"]
    assert visit.run("return document.title") == "(1) Elsewhere"
    assert visit.run("return one('.launcher').ariaLabel") == "Open the chat (1)"
    visit.run("TwoRolesChat.configure({ language: 'de' })")
    visit.until("one('.launcher').ariaLabel === 'Chat öffnen (1)'")
    visit.run("TwoRolesChat.configure({ launcherLabel: 'Fragen' })")
    visit.until("one('.launcher').ariaLabel === 'Fragen (1)'")
    visit.open()
    visit.await_gone(".badge")
    assert visit.run("return one('.launcher').ariaLabel") == "Fragen"
    assert visit.run("return document.title") == "Elsewhere"
    assert visit.run("return heard") == [1, 0]


def test_what_waits_goes_out_on_the_next_page_though_the_chat_is_closed(
    visit: Visit, gate: Gate
) -> None:
    rule = gate.answers("/session", 0)
    visit.goto(gate.page()).open()
    visit.write(SKILLS)
    visit.tab.press("Enter")
    visit.await_text("Your message is kept")
    visit.run("TwoRolesChat.close()")
    gate.rules.remove(rule)
    visit.goto(gate.page(path="/next"))
    visit.await_sight(".badge")
