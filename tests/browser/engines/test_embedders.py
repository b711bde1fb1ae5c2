"""What a page may set, do and hear."""

from __future__ import annotations

import json

from tests.browser.engines.chat import FIELD, LAUNCHER, Visit
from tests.browser.engines.conftest import Gate

SKILLS = "What skills does an ML engineer need?"
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E"
    "%3Ccircle cx='5' cy='5' r='4'/%3E%3C/svg%3E"
)


def test_attributes_set_what_they_say(visit: Visit, gate: Gate) -> None:
    labels = json.dumps({"field": "Ask away", "nonsense": "x"}).replace('"', "&quot;")
    attributes = (
        f'data-title="Desk" data-subtitle="Nine to five" data-logo="{PICTURE}" '
        f'data-launcher-icon="{PICTURE}" data-launcher-label="Ask us" data-labels="{labels}" '
        f'data-greeting="Well?" data-questions="Who? | Where?" data-contact="help@a.example" '
        f'data-position="left"'
    )
    visit.goto(gate.page(attributes))
    visit.await_sight(LAUNCHER)
    assert visit.texts(LAUNCHER) == ["Ask us"]
    assert visit.run("return one('.launcher img').src") == PICTURE
    assert visit.place(LAUNCHER)["left"] < 40
    visit.open()
    assert visit.texts("#title, .names p") == ["Desk", "Nine to five"]
    assert visit.run("return one('.mark img').src") == PICTURE
    assert visit.run("return one(values[0]).placeholder", FIELD) == "Ask away"
    assert visit.replies == ["Well?"]
    assert visit.texts(".first button") == ["Who?", "Where?"]
    assert visit.place("dialog")["left"] < 40
    visit.click(".more")
    assert visit.run("return one('.menu a').href") == "mailto:help@a.example"
    assert visit.texts(".menu a") == ["Talk to a person"]


def test_a_contact_that_is_no_address_is_not_shown(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page('data-contact="javascript:alert(1)"')).open()
    visit.click(".more")
    assert not visit.run("return !!one('.menu a')")


def test_settings_can_be_changed_at_run_time(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page('data-title="Desk"')).open()
    visit.write("a draft")
    visit.run(
        """TwoRolesChat.configure({ title: null, subtitle: "", language: "de", contact: null,
            launcherLabel: "Fragen", questions: ["Wer?"], labels: { send: "Los" } })"""
    )
    visit.until("one('.send').title === 'Los'")
    assert visit.texts("#title") == ["Fragen zu den zwei Rollen"]
    assert not visit.run("return !!one('.names p')")
    assert visit.run("return one(values[0]).placeholder", FIELD) == "Ihre Frage"
    assert visit.run("return one(values[0]).value", FIELD) == "a draft"
    assert visit.texts(".first button") == ["Wer?"]
    assert visit.run("return one('.launcher').textContent") == "Fragen"


def test_the_chat_in_a_place_of_the_page(visit: Visit, gate: Gate) -> None:
    style = "<style>two-roles-chat { width: 500px; height: 450px }</style>"
    body = '<h1>Help</h1><two-roles-chat inline data-title="Here"></two-roles-chat><p>After</p>'
    visit.goto(gate.page('data-greeting="Well?"', head=style, body=body))
    visit.await_sight(FIELD)
    visit.run("await sleep(300)")
    assert visit.run("return all('two-roles-chat').length") == 1
    place = visit.place(".panel")
    assert (place["width"], place["height"]) == (500, 450)
    assert place == visit.place("two-roles-chat")
    assert not visit.sees(LAUNCHER)
    assert visit.texts("#title") == ["Here"]
    assert visit.replies == ["Well?"]
    assert visit.run("return document.activeElement.tagName") == "BODY"
    assert "feature engineering" in visit.ask(SKILLS)
    visit.tab.press("Escape")
    visit.run("TwoRolesChat.close(); await sleep(100)")
    assert visit.sees(FIELD)
    assert visit.run("return one('.panel').tagName") == "SECTION"


def test_a_chat_that_was_taken_away_is_gone_and_can_be_made_again(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page()).open()
    visit.ask(SKILLS)
    visit.run("TwoRolesChat.destroy(); await sleep(300); await TwoRolesChat.open()")
    assert visit.run("return all('two-roles-chat').length") == 0
    asked = len(gate.requests)
    visit.run("await sleep(700)")
    assert len(gate.requests) == asked
    visit.run(
        """const script = document.createElement("script");
        script.src = values[0]; document.head.append(script);""",
        f"{gate.base}/widget.js",
    )
    visit.await_sight(FIELD)
    visit.await_answers(1)
    assert visit.said == [SKILLS]


def test_answers_are_told_with_what_they_rest_on(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page())
    visit.run(
        """window.heard = [];
        for (const name of ["open", "close", "message", "answer", "feedback"])
            TwoRolesChat.on(name, (detail) => heard.push([name, detail ?? null]));
        addEventListener("two-roles-answer", ({ detail }) => (window.bubbled = detail));"""
    )
    visit.open()
    text = visit.ask(SKILLS)
    visit.click(".thumb")
    visit.until("heard.length === 5")
    visit.run("TwoRolesChat.close()")
    visit.until("heard.length === 6")
    names = [name for name, _ in visit.run("return heard")]
    assert names == ["open", "message", "message", "answer", "feedback", "close"]
    details = dict(visit.run("return heard"))
    answer = details["answer"]
    assert answer["question"] == SKILLS
    assert answer["text"] == text
    assert answer["verdict"] == "answered"
    assert answer["statements"]
    assert answer["source"]["section"]
    assert details["feedback"] == {"answer": answer["answer"], "helpful": True}
    assert visit.run("return window.bubbled.text") == text


def test_what_cannot_be_answered_offers_a_person(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page('data-contact="https://a.example/help"')).open()
    visit.ask("How much does an AI engineer earn?")
    visit.until("all('.replies a').some((a) => a.href === 'https://a.example/help')")
    visit.ask(SKILLS)
    assert not visit.run("return !!one('.replies a')")
