"""What every visitor does, in each engine."""

from __future__ import annotations

import json
from pathlib import Path

import axe_playwright_python

from tests.browser.engines.chat import FIELD, LAUNCHER, Visit
from tests.browser.engines.conftest import Gate

SKILLS = "What skills does an ML engineer need?"
DIFFERENCES = "How do the two roles differ?"
_AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"


def _axe_faults(visit: Visit) -> list[str]:
    if not visit.run("return 'axe' in window"):
        visit.run("(0, eval)(values[0])", _AXE.read_text(encoding="utf-8"))
    visit.run("await sleep(300)")  # colours are judged when what moves has come to rest
    found: list[str] = visit.run(
        """const { violations } = await axe.run();
        return violations.flatMap(({ id, nodes }) => nodes.map((n) =>
            `${id}: ${JSON.stringify(n.target)} ${n.failureSummary}`));"""
    )
    return found


def test_a_conversation_with_a_quick_reply_a_table_and_a_reload(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page()).open()
    visit.until("focused()?.id === 'field'")
    visit.ask(DIFFERENCES)
    visit.await_sight("[role=table]")
    assert "feature engineering" in visit.ask(SKILLS)
    title = visit.texts(".replies button")[0]
    visit.click(".replies button")
    visit.await_answers(3)
    assert visit.said == [DIFFERENCES, SKILLS, title]
    answers = visit.replies
    visit.goto(gate.page())
    visit.await_sight(FIELD)
    visit.await_answers(3)
    assert visit.replies == answers


def test_all_by_keyboard(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page())
    visit.await_sight(LAUNCHER)
    visit.run("one('.launcher').focus()")
    visit.tab.press("Enter")
    visit.until("focused()?.id === 'field'")
    visit.tab.type(SKILLS)
    visit.tab.press("Enter")
    visit.await_answers(1)
    visit.run("one('.more').focus()")
    visit.tab.press("Enter")
    visit.until("focused()?.classList.contains('item')")
    visit.tab.press("Escape")
    visit.until("focused()?.classList.contains('more')")
    visit.tab.press("Escape")
    visit.await_sight(LAUNCHER)
    visit.until("focused()?.classList.contains('launcher')")


def test_axe_finds_nothing(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page('data-contact="help@a.example"', body="<main><h1>Elsewhere</h1></main>"))
    visit.await_sight(LAUNCHER)
    faults = {"closed": _axe_faults(visit)}
    visit.open()
    faults["open"] = _axe_faults(visit)
    visit.ask(SKILLS)
    visit.click("summary")
    faults["answered"] = _axe_faults(visit)
    visit.ask(DIFFERENCES)
    visit.await_sight("[role=table]")
    faults["table"] = _axe_faults(visit)
    visit.click(".more")
    faults["menu"] = _axe_faults(visit)
    visit.run("all('.menu button').at(-1).click()")
    visit.await_sight(".sheet")
    faults["sheet"] = _axe_faults(visit)
    assert [f"{state}: {each}" for state, found in faults.items() for each in found] == []


def test_axe_finds_nothing_in_rarer_states(visit: Visit, gate: Gate) -> None:
    body = "<main><h1>Elsewhere</h1></main>"
    visit.goto(gate.page('data-teaser="May I help?" data-launcher-label="Ask us"', body=body))
    visit.await_sight(".teaser")
    faults = {"teaser": _axe_faults(visit)}
    visit.click(".tease")
    visit.await_sight(FIELD)
    visit.ask(SKILLS)
    visit.click(".more")
    visit.run("all('.menu .item').find((e) => e.textContent === 'Start over').click()")
    visit.await_sight(".beginning")
    faults["new beginning"] = _axe_faults(visit)
    rule = gate.answers("/messages", 0)
    visit.write("now or later")
    visit.tab.press("Enter")
    visit.await_text("Not sent yet")
    faults["not sent"] = _axe_faults(visit)
    visit.run("TwoRolesChat.close()")
    visit.await_sight(LAUNCHER)
    gate.rules.remove(rule)
    visit.run("one('.trouble button')?.click()")  # else it tries again by itself
    visit.await_sight(".badge")
    faults["unread"] = _axe_faults(visit)
    here = "<main><h1>Elsewhere</h1><two-roles-chat inline></two-roles-chat></main>"
    visit.goto(gate.page(path="/inline", body=here))
    visit.await_sight(FIELD)
    visit.await_answers(1)
    faults["inline"] = _axe_faults(visit)
    assert [f"{state}: {each}" for state, found in faults.items() for each in found] == []


def test_markdown_is_read_and_html_is_not(visit: Visit, gate: Gate) -> None:
    text = (
        "One **bold** and *soft* `word`, 2 * 3 * 4, a_b_c.\n"
        "https://a.example/b?c=d.\n\n- a\n- b\n\n"
        "<img src=x onerror=window.hit=1> [no](javascript:window.hit=1) [yes](https://a.example/)"
    )
    reply = {"text": text, "kind": "answer"}
    gate.answers("/messages", 200, json.dumps({"replies": [reply]}).encode())
    visit.goto(gate.page()).open()
    visit.ask("go on")
    visit.await_sight(".assistant strong")
    assert visit.texts(".assistant :is(strong, em, code)") == ["bold", "soft", "word"]
    assert visit.texts(".assistant li") == ["a", "b"]
    links = visit.run(
        "return all('.bubble a').map((a) => [a.innerText.replace(/\\s*\\(opens.*/, ''), a.href])"
    )
    assert links == [["a.example/b?c=d", "https://a.example/b?c=d"], ["yes", "https://a.example/"]]
    shown = visit.replies[-1]
    for kept in (
        "2 * 3 * 4, a_b_c",
        "<img src=x onerror=window.hit=1>",
        "[no](javascript:window.hit=1)",
    ):
        assert kept in shown
    assert visit.run("return window.hit ?? one('.bubble img') ?? null") is None
