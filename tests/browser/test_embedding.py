"""The script tag in somebody else's page."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import Site

SKILLS = "What skills does an ML engineer need?"


def test_one_script_tag_is_enough_also_under_a_strict_policy(
    visitor: Callable[..., Chat], host_page: Callable[..., str], site: Site
) -> None:
    policy = f"default-src 'none'; script-src {site.base}; connect-src {site.base}; img-src data:"
    chat = visitor().visit(host_page(policy=policy)).open()
    assert "feature engineering" in chat.ask(SKILLS)
    assert chat.violations == []


def test_a_page_that_demands_trusted_types_only_has_to_allow_lit(
    visitor: Callable[..., Chat], host_page: Callable[..., str]
) -> None:
    policy = "require-trusted-types-for 'script'; trusted-types lit-html"
    chat = visitor().visit(host_page(policy=policy)).open()
    assert "feature engineering" in chat.ask(SKILLS)
    assert chat.violations == []


def test_a_site_that_is_not_allowed_gets_no_answer(
    visitor: Callable[..., Chat], host_page: Callable[..., str]
) -> None:
    address = host_page().replace("127.0.0.1", "localhost")
    chat = visitor().visit(address).open()
    chat.field.fill(SKILLS)
    chat.field.press("Enter")
    expect(chat.page.get_by_text("The chat cannot be used on this page")).to_be_visible()
    expect(chat.replies).to_have_count(1)


def test_attributes_set_what_the_chat_says_and_where_it_stands(
    visitor: Callable[..., Chat], host_page: Callable[..., str]
) -> None:
    attributes = (
        'data-title="Careers desk" data-greeting="What shall it be?" data-position="left" '
        'data-accent="rgb(109, 40, 217)" data-questions="What is an AI engineer? | Who hires?" '
        "data-open"
    )
    chat = visitor(viewport={"width": 1200, "height": 800}).visit(host_page(attributes))
    expect(chat.window).to_be_visible()
    expect(chat.page.get_by_role("dialog", name="Careers desk")).to_be_visible()
    assert chat.replies.all_inner_texts() == ["What shall it be?"]
    assert chat.suggestions.all_inner_texts() == ["What is an AI engineer?", "Who hires?"]
    place = chat.window.bounding_box()
    assert place
    assert place["x"] + place["width"] < 600
    colour = chat.page.locator(".mark").evaluate("e => getComputedStyle(e).backgroundColor")
    numbers = [round(float(number) * 255) for number in re.findall(r"[\d.]+", colour)]
    assert numbers == [109, 40, 217], colour


def test_the_page_can_drive_the_chat_and_listen_to_it(
    visitor: Callable[..., Chat], host_page: Callable[..., str]
) -> None:
    chat = visitor().visit(host_page())
    chat.page.evaluate(
        """() => {
            window.heard = [];
            for (const name of ["open", "close", "message", "error"])
                TwoRolesChat.on(name, (detail) => heard.push([name, detail?.from ?? null]));
            window.off = TwoRolesChat.on("message", () => heard.push(["once", null]));
        }"""
    )
    chat.page.evaluate("TwoRolesChat.send('What skills does an ML engineer need?')")
    chat.wait_until_said(1)
    chat.page.evaluate("window.off(); TwoRolesChat.close()")
    expect(chat.window).to_be_hidden()
    chat.page.evaluate("TwoRolesChat.open()")
    expect(chat.window).to_be_visible()
    chat.ask("What tools do ML engineers use?")
    message = [["message", "visitor"], ["message", "assistant"]]
    once = [["message", "visitor"], ["once", None], ["message", "assistant"], ["once", None]]
    assert chat.page.evaluate("heard") == [
        ["open", None],
        *once,
        ["close", None],
        ["open", None],
        *message,
    ]


def test_a_chat_that_is_taken_away_listens_to_nothing_any_more(
    visitor: Callable[..., Chat], host_page: Callable[..., str]
) -> None:
    chat = visitor().visit(host_page())
    session = chat.page.context.new_cdp_session(chat.page)

    def listened() -> list[list[str]]:
        found = []
        for name in ("document", "window", "visualViewport"):
            target = session.send("Runtime.evaluate", {"expression": name})["result"]["objectId"]
            told = session.send("DOMDebugger.getEventListeners", {"objectId": target})
            found.append(sorted(each["type"] for each in told["listeners"]))
        return found

    before = listened()
    chat.open()
    assert listened() != before
    chat.page.evaluate("TwoRolesChat.destroy()")
    assert listened() == before


def test_the_page_s_styles_and_shortcuts_stop_at_the_chat(
    visitor: Callable[..., Chat], host_page: Callable[..., str]
) -> None:
    style = (
        "<style>* { color: red !important; direction: rtl; font: 9px serif; "
        "text-transform: uppercase } button, textarea, p, div { display: none }</style>"
    )
    chat = visitor().visit(host_page(body=style)).open()
    chat.page.evaluate(
        "window.keys = []; addEventListener('keydown', (event) => keys.push(event.key))"
    )
    chat.field.press_sequentially("ab")
    assert chat.page.evaluate("keys") == []
    look = chat.field.evaluate(
        "e => { const { color, direction, fontSize, textTransform } = getComputedStyle(e);"
        " return [color === 'rgb(255, 0, 0)', direction, fontSize, textTransform]; }"
    )
    assert look == [False, "ltr", "16px", "none"]


def test_custom_properties_and_colour_scheme_are_the_page_s_to_set(
    visitor: Callable[..., Chat], host_page: Callable[..., str]
) -> None:
    style = (
        "<style>two-roles-chat { color-scheme: light; --two-roles-surface: rgb(1, 2, 3); "
        "--two-roles-radius: 7px; --two-roles-width: 300px }</style>"
    )
    chat = visitor(color_scheme="dark").visit(host_page(body=style)).open()
    look = chat.window.evaluate(
        "e => { const { backgroundColor, borderRadius, width, color } = getComputedStyle(e);"
        " return [backgroundColor, borderRadius, width, color]; }"
    )
    assert look == ["rgb(1, 2, 3)", "7px", "300px", "rgb(20, 37, 43)"]


def test_two_script_tags_make_one_chat(
    visitor: Callable[..., Chat], host_page: Callable[..., str], site: Site
) -> None:
    body = f'<script src="{site.base}/widget.js" defer></script>'
    chat = visitor().visit(host_page(body=body))
    expect(chat.page.locator("two-roles-chat")).to_have_count(1)
