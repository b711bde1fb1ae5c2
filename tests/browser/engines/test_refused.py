"""Sites that the server does not allow, policies that forbid it, connections that are lost."""

from __future__ import annotations

from tests.browser.engines.chat import FIELD, Visit
from tests.browser.engines.conftest import Gate

SKILLS = "What skills does an ML engineer need?"
_LISTEN = """window.heard = []; window.lines = [];
    const { error } = console;
    console.error = (...values) => { lines.push(values.join(" ")); error(...values); };
    for (const name of ["error", "offline", "online"])
        TwoRolesChat.on(name, (detail) => heard.push([name, detail?.reason ?? null]));"""


def _ask(visit: Visit) -> None:
    visit.run(_LISTEN)
    visit.open()
    visit.write(SKILLS)
    visit.tab.press("Enter")


def test_a_site_that_is_not_allowed_is_told_so(visit: Visit, gate: Gate, elsewhere: Gate) -> None:
    script = f'<script src="{gate.server}/widget.js" defer></script>'
    visit.goto(elsewhere.page(script=script))
    _ask(visit)
    visit.await_text("The chat cannot be used on this page at the moment.")
    visit.until("heard.length > 0")
    assert visit.run("return heard") == [["error", "origin"]]
    (line,) = visit.run("return lines.filter((line) => line.startsWith('two-roles-chat'))")
    assert elsewhere.base in line
    assert "WEBCHAT_ORIGINS" in line
    assert visit.said == [SKILLS]


def test_a_policy_that_forbids_the_server_is_told_so(
    visit: Visit, gate: Gate, elsewhere: Gate
) -> None:
    script = f'<script src="{gate.server}/widget.js" defer></script>'
    policy = f"default-src 'self'; script-src {gate.base}; img-src data:"
    visit.goto(elsewhere.page(script=script, policy=policy))
    _ask(visit)
    visit.await_text("The chat cannot be used on this page at the moment.")
    visit.until("heard.length > 0")
    assert visit.run("return heard") == [["error", "policy"]]
    (line,) = visit.run("return lines.filter((line) => line.startsWith('two-roles-chat'))")
    assert "connect-src" in line
    assert gate.base in line


def test_a_connection_that_is_lost_is_told_apart_and_comes_back(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page())
    gate.answers("/session", 0)
    _ask(visit)
    visit.await_text("Your message is kept")
    visit.until("heard.length > 0")
    assert visit.run("return heard") == [["offline", None]]
    visit.await_text("Not sent yet")
    gate.rules.clear()
    visit.click(".trouble button")
    visit.await_answers(1)
    assert visit.run("return heard") == [["offline", None], ["online", None]]
    visit.await_gone(".queued")


def test_the_time_that_a_busy_server_asks_for_is_counted_down(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page())
    rule = gate.answers("/messages", 429, b"{}", Retry_After="30")
    visit.open()
    visit.write(SKILLS)
    visit.tab.press("Enter")
    visit.until("/in (30|29) s/.test(one('.countdown')?.textContent)")
    visit.until("/in 2[5-8] s/.test(one('.countdown')?.textContent)")
    gate.rules.remove(rule)


def test_what_the_server_refuses_is_said_in_the_language_of_the_page(
    visit: Visit, gate: Gate
) -> None:
    gate.answers("/messages", 422, b'{"error": "no_text", "message": "The message is empty."}')
    visit.goto(gate.page('data-language="de" data-contact="https://a.example/help"')).open()
    visit.write("?")
    visit.tab.press("Enter")
    visit.await_text("Diese Nachricht konnte nicht angenommen werden.")
    assert "empty" not in visit.texts(".note")[0]
    assert visit.run("return all('.replies a').map((a) => [a.textContent, a.href])") == [
        ["Mit einem Menschen sprechen", "https://a.example/help"]
    ]
    assert visit.sees(FIELD)
