"""Keys, input methods, directions of writing, keyboards of phones."""

from __future__ import annotations

import pytest

from tests.browser.engines.chat import FIELD, Visit
from tests.browser.engines.conftest import Gate


@pytest.mark.parametrize(
    "sign", ["isComposing: true, keyCode: 13", "isComposing: false, keyCode: 229"]
)
def test_enter_that_ends_a_composition_does_not_send_in_a_synthetic_event(
    visit: Visit, gate: Gate, sign: str
) -> None:
    """No driver has an input method: the event is what Chromium and what Safari fire."""
    visit.goto(gate.page()).open()
    visit.write("nihon")
    visit.run(
        f"""const event = new KeyboardEvent("keydown",
                {{ key: "Enter", bubbles: true, composed: true, cancelable: true, {sign} }});
        const code = {{ {sign} }}.keyCode;
        if (event.keyCode !== code) Object.defineProperty(event, "keyCode", {{ value: code }});
        one(values[0]).dispatchEvent(event); await sleep(150);""",
        FIELD,
    )
    assert visit.said == []
    assert visit.run("return one(values[0]).value", FIELD) == "nihon"
    visit.tab.press("Enter")
    visit.await_answers(1)


def test_an_empty_field_runs_as_the_labels_do(visit: Visit, gate: Gate) -> None:
    visit.goto(gate.page('data-language="ar"')).open()
    direction = "return getComputedStyle(one(values[0])).direction"
    assert visit.run(direction, FIELD) == "rtl"
    visit.write("hello")
    visit.until("getComputedStyle(one(values[0])).direction === 'ltr'", FIELD)
    visit.ask("What skills does an ML engineer need?")
    visit.click("summary")
    visit.await_sight("dd")
    assert visit.run("return all('dd').every((e) => e.dir === 'auto')")


def test_a_keyboard_that_covers_the_page_leaves_the_field_in_sight_with_a_stand_in_for_it(
    visit: Visit, gate: Gate
) -> None:
    """No driver has a phone's keyboard: what it does to the visual viewport is set by hand."""
    visit.goto(gate.page())
    visit.tab.resize(640, 460)
    visit.open()
    visit.run(
        """for (const [name, value] of [["height", 200], ["offsetTop", 30]])
            Object.defineProperty(visualViewport, name, { value, configurable: true });
        visualViewport.dispatchEvent(new Event("resize"));"""
    )
    visit.until("one('dialog').getBoundingClientRect().bottom <= 231")
    field = visit.place(FIELD)
    assert field["top"] >= 30
    assert field["bottom"] <= 230
    visit.run(
        "delete visualViewport.height; delete visualViewport.offsetTop;"
        "visualViewport.dispatchEvent(new Event('resize'))"
    )
    visit.until("one('dialog').getBoundingClientRect().height === 460")
