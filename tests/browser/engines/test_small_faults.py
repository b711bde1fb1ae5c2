"""Small things that each spoil somebody's day."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser.engines.chat import FIELD, LAUNCHER, Visit
from tests.browser.engines.conftest import Answer, Gate

SKILLS = "What skills does an ML engineer need?"
LONG = "\n\n".join(f"Paragraph {number}." for number in range(60))


def _reply_with(gate: Gate, *replies: Any) -> None:
    gate.answers("/messages", 200, json.dumps({"replies": replies}).encode())


def test_an_answer_from_another_tab_leaves_a_reader_where_they_read(
    visit: Visit, gate: Gate
) -> None:
    """The other tab is a frame of the same site, which has a conversation of the same browser."""
    gate.page(path="/other")
    frame = '<h1>Elsewhere</h1><iframe src="/other" width="600" height="500"></iframe>'
    visit.goto(gate.page(body=frame)).open()
    for question in (SKILLS, "What tools do ML engineers use?", "How do the two roles differ?"):
        visit.ask(question)
    visit.run("one('.log').scrollTop = 10")
    visit.run(
        "const { TwoRolesChat } = document.querySelector('iframe').contentWindow;"
        "await TwoRolesChat.send('Which industries are hiring?')"
    )
    visit.await_answers(4)
    visit.run("await sleep(300)")
    assert visit.run("return one('.log').scrollTop") == 10


def test_stacked_tables_keep_their_capitals(visit: Visit, gate: Gate) -> None:
    table = {"columns": ["", "ML engineers"], "rows": [["Scope", "data-driven models"]]}
    _reply_with(gate, {"text": "See.", "table": table})
    visit.goto(gate.page(head="<style>two-roles-chat { --two-roles-width: 300px }</style>")).open()
    visit.ask("go on")
    visit.await_sight("[role=table]")
    assert visit.run("return getComputedStyle(one('td[data-column]')).display") == "block"
    assert visit.run("return one('td[data-column]').textContent") == "Data-driven models"


@pytest.mark.parametrize(
    "broken",
    [
        {"text": "Still here.", "image": "http://[broken"},
        {"text": "Still here.", "table": {"columns": None, "rows": 3}},
        {"text": "Still here.", "points": {"items": [1, None]}},
        {"text": "Still here.", "buttons": [None, {"title": 3}]},
        {"text": "Still here.", "source": {"title": None}},
        {"text": "Still here.", "answer": {}, "statements": 4, "kind": None},
    ],
)
def test_a_reply_that_is_broken_does_not_take_the_chat_away(
    visit: Visit, gate: Gate, broken: dict[str, Any]
) -> None:
    _reply_with(gate, broken, None, "nothing")
    visit.goto(gate.page()).open()
    visit.ask("go on")
    assert "Still here." in visit.replies
    gate.rules.clear()
    assert "feature engineering" in visit.ask(SKILLS)


@pytest.mark.parametrize(
    "stored",
    ['{"outbox": null}', '{"rated": null}', '{"outbox": [null, {"id": 1}], "maxCharacters": "x"}',
     "null", "[]", "nothing", '{"token": {}}'],
)  # fmt: skip
def test_what_is_stored_and_broken_does_not_take_the_chat_away(
    visit: Visit, gate: Gate, stored: str
) -> None:
    visit.goto(gate.page())
    visit.run("localStorage[`two-roles-chat ${values[0]}`] = values[1]", gate.server, stored)
    visit.goto(gate.page()).open()
    assert "feature engineering" in visit.ask(SKILLS)


def test_a_first_opening_begins_with_the_greeting(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page())
    visit.tab.resize(640, 300)
    visit.open()
    visit.run("await sleep(300)")
    assert visit.run("return one('.log').scrollTop") == 0
    assert visit.place(".assistant .bubble")["top"] >= visit.place(".log")["top"]


def test_a_first_opening_is_as_high_as_what_it_shows(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page()).open()
    visit.run("await sleep(300)")
    fresh = visit.place("dialog")["height"]
    assert visit.run("return one('.log').scrollHeight - one('.log').clientHeight") <= 0
    visit.ask(SKILLS)
    assert visit.place("dialog")["height"] > fresh


@pytest.mark.parametrize("where", [".head", "form"])
def test_the_wheel_over_the_chat_does_not_scroll_the_page_but_not_in_webkit_whose_driver_has_none(
    visit: Visit, gate: Gate, where: str, engine: str
) -> None:
    if engine == "webkit":
        pytest.skip("its driver has no wheel: see the next test")
    visit.goto(gate.page(body='<div style="height: 5000px">Long</div>')).open()
    visit.run("await sleep(300)")
    place = visit.place(where)
    x, y = place["x"] + place["width"] / 3, place["y"] + place["height"] / 2
    visit.tab.wheel(x, y, 300)
    visit.run("await sleep(300)")
    assert visit.run("return scrollY") == 0
    visit.tab.wheel(50, 300, 300)
    visit.until("scrollY > 0")


def test_the_wheel_is_stopped_where_nothing_of_the_chat_scrolls_in_a_synthetic_event(
    visit: Visit, gate: Gate
) -> None:
    _reply_with(gate, {"text": LONG})
    visit.goto(gate.page()).open()
    visit.ask("go on")
    turn = """const event = new WheelEvent("wheel",
            { deltaY: values[1], bubbles: true, composed: true, cancelable: true });
        one(values[0]).dispatchEvent(event);
        return event.defaultPrevented;"""
    assert visit.run(turn, ".head", 300)
    assert visit.run(turn, "form", -300)
    assert not visit.run(turn, ".latest .bubble", 300)
    visit.run("one('.log').scrollTop = one('.log').scrollHeight")
    assert visit.run(turn, ".latest .bubble", 300)
    assert not visit.run(turn, ".latest .bubble", -300)


def test_a_second_click_does_not_press_what_moved_under_the_pointer_in_a_synthetic_event(
    visit: Visit, gate: Gate
) -> None:
    """A driver would be too late for it: the event says that it came 300 ms after the first one."""
    _reply_with(gate, {"text": "Go on?", "buttons": [{"title": "Next", "payload": "/next"}]})
    visit.goto(gate.page()).open()
    visit.ask("go on")
    visit.run_in_page(
        """window.sent = [];
        TwoRolesChat.on("answer", ({ question }) => {
            sent.push(question);
            setTimeout(() => {
                const click = new MouseEvent("click", { bubbles: true, composed: true, detail: 1 });
                Object.defineProperty(click, "timeStamp", { value: pressed + 300 });
                document.querySelector("two-roles-chat").shadowRoot
                    .querySelector("two-roles-chat-panel").shadowRoot
                    .querySelector(".replies button").dispatchEvent(click);
                window.passed = true;
            });
        });
        addEventListener("click", (event) => (window.pressed = event.timeStamp), { once: true });"""
    )
    visit.click(".replies button")
    visit.until("'passed' in window")
    visit.run("await sleep(500)")
    assert visit.run("return sent") == ["Next"]
    visit.run("await sleep(700); sent.length = 0")
    visit.click(".replies button")
    visit.until("sent.length > 0")


@pytest.mark.parametrize(
    "style",
    [
        "body { transform: translateX(-300px) }",
        "html { filter: grayscale(1); transform: scale(1) translateY(-400px) }",
        "body { overflow: hidden; height: 50px; contain: strict }",
        ".cover { position: fixed; inset: 0; z-index: 2147483647; background: white }",
    ],
)
def test_no_style_of_the_page_moves_clips_or_covers_the_launcher(
    visit: Visit, gate: Gate, style: str
) -> None:
    visit.goto(
        gate.page(head=f"<style>{style}</style>", body='<p>Text</p><div class="cover"></div>')
    )
    visit.await_sight(LAUNCHER)
    place = visit.place(LAUNCHER)
    assert place["right"] == pytest.approx(1180, abs=20)
    assert place["bottom"] == pytest.approx(780, abs=2)
    assert visit.run(
        "return document.elementFromPoint(values[0], values[1]).tagName",
        place["x"] + 20, place["y"] + 20,
    ) == "TWO-ROLES-CHAT"  # fmt: skip
    visit.open()
    assert visit.place("dialog")["right"] <= 1200


def test_a_page_that_says_how_high_the_chat_is_stacked_is_obeyed(visit: Visit, gate: Gate) -> None:
    style = """two-roles-chat { --two-roles-z-index: 5 }
        .cover { position: fixed; inset: 0; z-index: 6; background: white }"""
    visit.goto(gate.page(head=f"<style>{style}</style>", body='<div class="cover"></div>'))
    visit.await_sight(LAUNCHER)
    place = visit.place(LAUNCHER)
    assert visit.run(
        "return document.elementFromPoint(values[0], values[1]).className",
        place["x"] + 20, place["y"] + 20,
    ) == "cover"  # fmt: skip


def test_starting_over_looks_like_a_beginning_in_the_language_of_the_page(
    visit: Visit, gate: Gate
) -> None:
    address = gate.page('data-language="de"')
    visit.goto(address).open()
    visit.ask(SKILLS)
    visit.click(".more")
    visit.run("all('.menu .item').find((e) => e.textContent === 'Von vorn beginnen').click()")
    visit.await_sight(".beginning")
    visit.until("!one('.typing')")
    assert visit.texts(".beginning") == ["Neuer Anfang"]
    assert visit.said == [SKILLS]
    visit.await_sight(".replies")
    visit.goto(address)
    visit.await_sight(".beginning")
    assert visit.texts(".beginning") == ["Neuer Anfang"]


def test_a_sheet_dims_the_chat_and_leaves_the_page_alone(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page(body="<h1>Elsewhere</h1><button id=own>Own</button>")).open()
    visit.click(".more")
    visit.run("all('.menu .item').at(-1).click()")
    visit.await_sight(".sheet")
    shade, window = visit.place(".shade"), visit.place("dialog")
    assert shade["width"] <= window["width"]
    assert shade["height"] <= window["height"]
    assert visit.run("return one('.main').inert")
    visit.run("document.querySelector('#own').focus()")
    assert visit.run("return document.activeElement.id") == "own"
    visit.run("one('.sheet button').focus()")
    visit.tab.press("Escape")
    visit.await_gone(".sheet")
    assert visit.is_open
    visit.until("focused()?.classList.contains('more')")


def test_feedback_is_thanked_for_beside_the_thumbs(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page()).open()
    visit.ask(SKILLS)
    visit.run(
        "window.heard = []; TwoRolesChat.on('feedback', (detail) => heard.push(detail.helpful))"
    )
    visit.click(".thumb")
    visit.until("one('.thanks').textContent === 'Thank you for telling us.'")
    thanks, thumbs = visit.place(".thanks"), visit.place(".thumbs")
    assert abs(thanks["y"] + thanks["height"] / 2 - thumbs["y"] - thumbs["height"] / 2) < 12
    assert visit.run("return heard") == [True]


def test_times_and_days_are_told(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page()).open()
    visit.ask(SKILLS)
    assert visit.run("return all('.latest time').map((e) => e.textContent)") == ["now"]
    assert visit.run("return one('.latest time').title") != ""
    assert not visit.sees(".day")
    history = [
        {"from": "visitor", "id": "a" * 8, "text": "Old?", "time": "2024-02-03T10:00:00.000Z"},
        {"from": "assistant", "text": "Old.", "time": "2024-02-03T10:00:01.000Z"},
        {"from": "visitor", "id": "b" * 8, "text": "Older?", "time": "no time"},
        {"from": "assistant", "text": "New.", "time": visit.run("return new Date().toISOString()")},
    ]
    body = json.dumps({"messages": history}).encode()
    gate.rules.append(
        lambda method, path: _json(body) if method == "GET" and path.endswith("/messages") else None
    )
    visit.goto(gate.page())
    visit.await_sight(FIELD)
    visit.until("all('.day').length === 2")
    assert visit.texts(".day") == ["Saturday, February 3, 2024", "today"]


def _json(body: bytes) -> Any:
    return Answer(200, body, {"Content-Type": "application/json"})


def test_a_stroke_of_a_key_reads_nothing_anew(visit: Visit, gate: Gate) -> None:
    table = {"columns": ["", "a"], "rows": [["b", "c"]]}
    lines = "\n".join(f"- **{number}** and `more`" for number in range(100))
    _reply_with(gate, {"text": "See. Here.", "table": table}, {"text": lines})
    visit.goto(gate.page()).open()
    visit.ask("go on")
    visit.until("all('.bubble li strong').length === 100")
    visit.run_in_page(
        """window.counts = { made: 0, parsed: 0, matched: 0 };
        for (const name of ["DateTimeFormat", "RelativeTimeFormat", "Segmenter"])
            Intl[name] = new Proxy(Intl[name], { construct(...how) {
                counts.made++;
                return Reflect.construct(...how);
            } });
        const { parse } = JSON, { exec } = RegExp.prototype;
        JSON.parse = (text, ...how) => {
            counts.parsed += text.includes("maxCharacters"); // drivers parse, too
            return parse(text, ...how);
        };
        RegExp.prototype.exec = function (text) {
            counts.matched++;
            return exec.call(this, text);
        };"""
    )
    visit.write("abc")
    visit.until("one(values[0]).value === 'abc'", FIELD)
    counts = visit.run("await sleep(100); return { ...counts }")
    assert (counts["made"], counts["parsed"]) == (0, 0)
    assert counts["matched"] < 100


def test_an_answer_with_a_table_leads_with_one_sentence(visit: Visit, gate: Gate) -> None:
    table = {"columns": ["", "a"], "rows": [["b", "c"]]}
    _reply_with(gate, {"text": "They differ. In b, a has c. And so on.", "table": table})
    visit.goto(gate.page()).open()
    visit.ask("go on")
    assert visit.run("return one('.latest .bubble p').textContent.trim()") == "They differ."


def test_a_long_answer_is_shown_from_its_question_on(visit: Visit, gate: Gate) -> None:
    _reply_with(gate, {"text": LONG})
    visit.goto(gate.page()).open()
    visit.ask("go on")
    visit.run("await sleep(200)")
    assert visit.place(".visitor .bubble")["top"] >= visit.place(".log")["top"] - 1
    assert visit.run("const { scrollTop, scrollHeight, clientHeight } = one('.log');"
                     "return scrollHeight - clientHeight - scrollTop") > 500  # fmt: skip


def test_a_role_that_goes_without_saying_is_not_said_on_quick_replies(
    visit: Visit, gate: Gate
) -> None:
    titles = ["Case study", "Skills (AI engineers)", "Pathway (AI engineers)"]
    buttons = [{"title": title, "payload": f"/{at}"} for at, title in enumerate(titles)]
    _reply_with(gate, {"text": "Go on?", "buttons": buttons})
    visit.goto(gate.page()).open()
    visit.ask("go on")
    assert visit.texts(".replies button") == ["Case study", "Skills", "Pathway"]
    rows = {place["top"] for place in visit.run(
        "return all('.replies li').map((e) => e.getBoundingClientRect().toJSON())")}  # fmt: skip
    assert len(rows) == 1
    visit.run("one('.replies li:nth-child(2) button').click()")
    visit.await_answers(2)
    assert visit.said[-1] == "Skills (AI engineers)"
