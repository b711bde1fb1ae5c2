"""Small screens and large type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat

DIFFERENCES = "How do ML engineering and AI engineering differ?"
SCREENS: dict[str, dict[str, Any]] = {
    "320 pixels wide": {"viewport": {"width": 320, "height": 568}, "is_mobile": True},
    "a phone on its side": {"viewport": {"width": 640, "height": 320}, "is_mobile": True},
    # What a screen of 1280 x 720 has left at 200 % and 400 %.
    "zoomed to 200 %": {"viewport": {"width": 640, "height": 360}, "device_scale_factor": 2},
    "zoomed to 400 %": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
}


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_scrolls_sideways_or_out_of_reach(
    visitor: Callable[..., Chat], screen: str
) -> None:
    chat = visitor(**SCREENS[screen]).visit()
    assert not chat.scrolls_sideways
    chat.open()
    chat.ask(DIFFERENCES)
    expect(chat.log.get_by_role("table")).to_be_visible()
    chat.log.locator("summary").click()
    chat.field.fill("a" * 990)
    assert not chat.scrolls_sideways
    close = chat.page.get_by_role("button", name="Close the chat")
    for reachable in (close, chat.field, chat.page.get_by_role("button", name="Send")):
        expect(reachable).to_be_in_viewport(ratio=1)
    height = chat.log.evaluate("log => log.clientHeight")
    assert height >= 60
    chat.choose("What is stored")
    assert not chat.scrolls_sideways
    expect(chat.page.get_by_role("dialog", name="What is stored")).to_be_in_viewport(ratio=1)
    chat.page.keyboard.press("Escape")
    close.click()
    expect(chat.launcher).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [320, 375, 390, 430, 1280])
def test_no_column_of_a_table_is_cut_off(visitor: Callable[..., Chat], width: int) -> None:
    chat = visitor(viewport={"width": width, "height": 740}).visit().open()
    for question in (DIFFERENCES, "Put the backgrounds of both roles into a table."):
        chat.ask(question)
        table = chat.replies.last.locator(".table")
        expect(table).to_be_visible()
        assert table.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_type_that_the_visitor_has_set_larger_makes_the_chat_larger(
    visitor: Callable[..., Chat], host_page: Callable[..., str]
) -> None:
    chat = visitor().visit(host_page())
    chat.page.evaluate("document.documentElement.style.fontSize = '32px'")
    chat.open()
    chat.ask(DIFFERENCES)
    expect(chat.log.get_by_role("table")).to_be_visible()
    assert chat.replies.last.evaluate("e => getComputedStyle(e).fontSize") == "32px"
    assert not chat.scrolls_sideways


def test_a_page_that_shrinks_its_root_does_not_shrink_the_chat(
    visitor: Callable[..., Chat], host_page: Callable[..., str]
) -> None:
    chat = visitor().visit(host_page())
    chat.page.evaluate("document.documentElement.style.fontSize = '10px'")
    chat.open()
    assert chat.field.evaluate("e => getComputedStyle(e).fontSize") == "16px"


def test_on_a_touch_screen_a_quick_reply_does_not_call_up_the_keyboard(
    visitor: Callable[..., Chat],
) -> None:
    chat = visitor(viewport={"width": 390, "height": 700}, is_mobile=True, has_touch=True).visit()
    chat.launcher.tap()
    chat.suggestions.first.tap()
    chat.wait_until_said(1)
    expect(chat.log).to_be_focused()


def test_a_long_answer_is_shown_from_its_question_on(chat: Chat) -> None:
    chat.reply_with({"text": "\n\n".join(f"Paragraph {number}." for number in range(60))})
    chat.ask("go on")
    expect(chat.said.last).to_be_in_viewport()
    expect(chat.log.get_by_text("Paragraph 1.")).to_be_in_viewport()
    expect(chat.log.get_by_text("Paragraph 59.")).not_to_be_in_viewport()


def test_on_a_touch_screen_all_that_is_pressed_is_large_enough(
    visitor: Callable[..., Chat],
) -> None:
    """44 pixels, which is what a finger needs; only Chromium can pretend to be touched."""
    chat = visitor(viewport={"width": 390, "height": 700}, is_mobile=True, has_touch=True).visit()
    chat.launcher.tap()
    chat.ask("What skills does an ML engineer need?")
    chat.page.get_by_role("button", name="More", exact=True).tap()
    small = chat.page.evaluate(
        """() => {
            const root = document.querySelector("two-roles-chat").shadowRoot
                .querySelector("two-roles-chat-panel").shadowRoot;
            return [...root.querySelectorAll("button, summary, .menu .item")]
                .filter((e) => e.getClientRects().length)
                .map((e) => [e.className || e.tagName, e.getBoundingClientRect()])
                .filter(([, { width, height }]) => Math.min(width, height) < 43.9)
                .map(([name, { width, height }]) => `${name} ${width} x ${height}`);
        }"""
    )
    assert small == []


@pytest.mark.parametrize("language", ["en", "de", "pl"])
def test_the_head_is_two_lines_at_most_on_the_narrowest_screen(
    visitor: Callable[..., Chat], host_page: Callable[..., str], language: str
) -> None:
    chat = visitor(viewport={"width": 320, "height": 568}, is_mobile=True)
    chat.visit(host_page(f'data-language="{language}"')).open()
    assert chat.window.get_by_role("heading").evaluate(
        "e => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight)"
    ) == pytest.approx(2, abs=1.05)
    clipped = chat.window.get_by_role("heading").evaluate("e => e.scrollWidth > e.clientWidth")
    assert not clipped
