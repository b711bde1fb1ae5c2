"""For everybody: keyboard, screen reader, contrast, motion, languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat

SKILLS = "What skills does an ML engineer need?"
DIFFERENCES = "How do ML engineering and AI engineering differ?"
ACCENTS = ["#0b6b75", "#000", "#fff", "#ffd43b", "#00f", "#0f0", "#f00", "#777", "#c2410c"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(visitor: Callable[..., Chat], scheme: str) -> None:
    chat = visitor(color_scheme=scheme).visit()
    faults = {"closed": chat.accessibility_faults()}
    chat.open()
    faults["open"] = chat.accessibility_faults()
    chat.ask(SKILLS)
    chat.page.get_by_role("button", name="Helpful", exact=True).click()
    chat.log.locator("summary").click()
    faults["answered"] = chat.accessibility_faults()
    chat.ask(DIFFERENCES)
    expect(chat.log.get_by_role("table")).to_be_visible()
    faults["table"] = chat.accessibility_faults()
    chat.page.get_by_role("button", name="More", exact=True).click()
    faults["menu"] = chat.accessibility_faults()
    chat.page.get_by_role("button", name="What is stored").click()
    faults["sheet"] = chat.accessibility_faults()
    chat.page.keyboard.press("Escape")
    chat.choose("Delete the conversation")
    faults["deleting"] = chat.accessibility_faults()
    chat.page.keyboard.press("Escape")
    chat.field.fill("a" * 1001)
    faults["too long"] = chat.accessibility_faults()
    assert [f"{state}: {each}" for state, found in faults.items() for each in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("accent", ACCENTS)
def test_any_accent_leaves_everything_readable(
    visitor: Callable[..., Chat], host_page: Callable[..., str], scheme: str, accent: str
) -> None:
    chat = visitor(color_scheme=scheme)
    chat.visit(host_page(f'data-accent="{accent}"')).open()
    chat.reply_with(
        {
            "text": "A [link](https://a.example/).",
            "table": {"columns": ["", "a"], "rows": [["b", "c"]]},
            "buttons": [{"title": "Next", "payload": "/next"}],
        }
    )
    chat.ask("go on")
    assert chat.accessibility_faults() == []


def test_all_can_be_done_by_keyboard(visitor: Callable[..., Chat]) -> None:
    chat = visitor().visit()
    keyboard = chat.page.keyboard
    chat.page.locator(".swatch").last.focus()
    keyboard.press("Tab")
    expect(chat.launcher).to_be_focused()
    keyboard.press("Enter")
    expect(chat.field).to_be_focused()
    keyboard.type(SKILLS)
    keyboard.press("Enter")
    chat.wait_until_said(1)
    offered = chat.suggestions.count()
    assert offered > 1
    for place in reversed(range(offered)):
        keyboard.press("Shift+Tab")
        expect(chat.suggestions.nth(place)).to_be_focused()
    keyboard.press("Enter")
    chat.wait_until_said(2)
    expect(chat.field).to_be_focused()
    while not chat.log.locator("summary").last.evaluate("e => e.matches(':focus')"):
        keyboard.press("Shift+Tab")
    keyboard.press("Enter")
    expect(chat.log.locator("dl").last).to_be_visible()
    keyboard.press("Tab")
    while not chat.log.locator(".thumb").last.evaluate("e => e.matches(':focus')"):
        keyboard.press("Tab")
    keyboard.press("Space")
    expect(chat.log.locator(".thumb").last).to_have_attribute("aria-pressed", "true")
    more = chat.page.get_by_role("button", name="More", exact=True)
    while not more.evaluate("e => e.matches(':focus')"):
        keyboard.press("Shift+Tab")
    keyboard.press("Enter")
    expect(chat.page.get_by_role("button", name="Copy the conversation")).to_be_focused()
    keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(chat.window).to_be_visible()
    keyboard.press("Escape")
    expect(chat.window).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def test_the_focus_goes_back_to_what_opened_the_chat(visitor: Callable[..., Chat]) -> None:
    chat = visitor().visit()
    question = chat.page.get_by_role("button", name="Which industries are hiring?")
    question.focus()
    chat.page.keyboard.press("Enter")
    chat.wait_until_said(1)
    chat.page.get_by_role("button", name="Close the chat").click()
    expect(question).to_be_focused()


def test_the_focus_stays_in_a_chat_that_fills_the_screen(visitor: Callable[..., Chat]) -> None:
    chat = visitor(viewport={"width": 390, "height": 700}).visit().open()
    for _ in range(12):
        chat.page.keyboard.press("Tab")
        assert chat.page.evaluate(
            "['TWO-ROLES-CHAT', 'BODY'].includes(document.activeElement.tagName)"
        )
    chat.page.set_viewport_size({"width": 1200, "height": 800})
    chat.field.focus()
    chat.page.keyboard.press("Escape")
    expect(chat.window).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def test_a_chat_that_fills_the_screen_gives_the_focus_back(visitor: Callable[..., Chat]) -> None:
    chat = visitor(viewport={"width": 390, "height": 700}).visit().open()
    chat.page.keyboard.press("Escape")
    expect(chat.window).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def test_new_messages_are_announced_and_old_ones_not_again(chat: Chat) -> None:
    expect(chat.log).to_have_attribute("aria-label", "Conversation")
    chat.ask(SKILLS)
    chat.log.evaluate(
        """log => {
            window.added = [];
            new MutationObserver((changes) => {
                for (const change of changes)
                    for (const node of change.addedNodes)
                        if (node.matches?.(".message")) window.added.push(node.classList[1]);
            }).observe(log, { childList: true, subtree: true });
        }"""
    )
    chat.ask("What tools do ML engineers use?")
    assert chat.page.evaluate("window.added") == ["visitor", "assistant"]


def test_the_visitor_and_the_assistant_are_told_apart_by_ear(chat: Chat) -> None:
    chat.ask(SKILLS)
    text = chat.log.evaluate("log => log.textContent.replace(/\\s+/g, ' ')")
    assert f"You: {SKILLS}" in text
    assert "Assistant: ML engineers" in text


def test_nothing_moves_where_the_visitor_wants_no_motion(visitor: Callable[..., Chat]) -> None:
    chat = visitor(reduced_motion="reduce").visit().open()
    chat.ask(SKILLS)
    moving = chat.page.evaluate(
        "document.getAnimations().map((each) => each.animationName || each.transitionProperty)"
    )
    assert moving == []


@pytest.mark.parametrize(
    ("language", "label", "english_only"),
    [
        ("en", "Your question", None),
        ("de", "Ihre Frage", "spricht nur Englisch"),
        ("fr", "Votre question", "que l’anglais"),
        ("es", "Su pregunta", "habla inglés"),
        ("ar", "سؤالك", "الإنجليزية"),
        ("it", "La sua domanda", "parla solo inglese"),
        ("pt", "A sua pergunta", "fala inglês"),
        ("nl", "Uw vraag", "spreekt alleen Engels"),
        ("pl", "Pytanie do asystenta", "tylko po angielsku"),
        ("ja", "質問を入力", "英語だけ"),
        ("sv", "Your question", None),
    ],
)
def test_labels_speak_the_languages_asked_for(
    visitor: Callable[..., Chat],
    host_page: Callable[..., str],
    language: str,
    label: str,
    english_only: str | None,
) -> None:
    chat = visitor().visit(host_page(f'data-language="{language}"')).open()
    assert chat.page.get_by_label(label).count() == 1
    if english_only:
        expect(chat.replies.first).to_contain_text(english_only)
    assert "feature engineering" in chat.ask(SKILLS)
    expect(chat.replies.last).to_have_attribute("lang", "en")
    assert chat.accessibility_faults() == []


def test_labels_follow_the_page_where_nothing_is_asked_for(
    visitor: Callable[..., Chat], host_page: Callable[..., str]
) -> None:
    chat = visitor().visit(host_page(language="de-CH")).open()
    assert chat.page.get_by_label("Ihre Frage").count() == 1


def test_arabic_labels_run_from_right_to_left_and_english_answers_do_not(
    visitor: Callable[..., Chat], host_page: Callable[..., str]
) -> None:
    chat = visitor().visit(host_page('data-language="ar"')).open()
    chat.ask(SKILLS)
    direction = "e => getComputedStyle(e).direction"
    assert chat.window.evaluate(direction) == "rtl"
    assert chat.replies.last.evaluate(direction) == "ltr"
    close = chat.page.get_by_role("button", name="أغلق الدردشة").bounding_box()
    heading = chat.window.get_by_role("heading").bounding_box()
    assert close
    assert heading
    assert close["x"] < heading["x"]
    assert not chat.scrolls_sideways
