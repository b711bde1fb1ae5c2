"""Text of the visitor and of the assistant is text, whatever stands in it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat

LONG = "https://www.a.example/a-page-whose-address/has-more-characters/than-a-line-of-the-chat"

TRICKS = [
    "javascript:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    "<script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    "<svg/onload=window.hit=1>",
    "<a href='javascript:window.hit=1'>here</a>",
    "<style>* { display: none }</style>",
    "<iframe srcdoc='<script>parent.hit = 1</script>'></iframe>",
    "</div></dialog><h1>out</h1>",
    "[here](javascript:window.hit=1)",
    "[here](JaVaScRiPt:window.hit=1)",
    "[here](java\tscript:window.hit=1)",
    "[here](data:text/html,<script>window.hit=1</script>)",
    "[here](vbscript:hit)",
    "[here](//elsewhere.example/)",
    "[here](/relative)",
    "![alt](https://elsewhere.example/pixel.png)",
    "<https://elsewhere.example/\"onmouseover='window.hit=1'>",
    "`<b>code</b>`",
    "**<b>bold</b>**",
    "&lt;img src=x onerror=window.hit=1&gt;",
    "${window.hit = 1} {{window.hit = 1}}",
    "[" * 5000 + "](" * 200,
    "*" * 5000,
    "`" * 5000,
]


def _untouched(chat: Chat) -> None:
    assert chat.page.evaluate("window.hit") is None
    allowed = chat.log.locator(":is(script, iframe, style, object, embed, h1, b, img)")
    expect(allowed).to_have_count(0)
    for link in chat.log.locator("a").all():
        assert (link.get_attribute("href") or "").startswith(("https://", "http://", "mailto:"))
    assert chat.foreign_requests == []
    assert chat.violations == []
    expect(chat.field).to_be_visible()


def test_what_the_visitor_types_is_shown_as_typed(chat: Chat) -> None:
    for trick in TRICKS:
        text = trick[:900]
        chat.ask(text)
        assert chat.said.last.inner_text() == text
        _untouched(chat)


@pytest.mark.parametrize("field", ["text", "button", "table", "points", "source"])
def test_what_the_server_sends_stays_text(chat: Chat, field: str) -> None:
    for trick in TRICKS:
        short = trick[:500]
        chat.reply_with(
            {
                "text": {"text": trick, "points": f"- {short}"}.get(field, "ok"),
                "buttons": [{"title": short, "payload": "/x"}] if field == "button" else [],
                "table": {"columns": [short, short], "rows": [[short, short]]}
                if field == "table"
                else None,
                "points": {"ordered": False, "items": [short]} if field == "points" else None,
                "source": {
                    "section": short,
                    "title": short,
                    "publisher": short,
                    "published": short,
                    "reference": {
                        "author": short,
                        "title": short,
                        "published": short,
                        "address": short,
                    },
                }
                if field == "source"
                else None,
            }
        )
        chat.ask("go on")
        _untouched(chat)


@pytest.mark.parametrize(
    "address", ["javascript:window.hit=1", "data:text/html,hit", "https://elsewhere.example/x.png"]
)
def test_a_picture_of_another_host_is_not_fetched(chat: Chat, address: str) -> None:
    chat.reply_with({"text": "look", "image": address})
    chat.ask("show me")
    _untouched(chat)


def test_a_picture_of_the_server_is_shown(chat: Chat) -> None:
    chat.reply_with({"text": "look", "image": "/widget/picture.png"})
    chat.ask("show me")
    picture = chat.log.locator("img")
    assert picture.get_attribute("src") == f"{chat.base}/widget/picture.png"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://a.example/b?c=d.", [("a.example/b?c=d", "https://a.example/b?c=d")]),
        ("(https://a.example/b)", [("a.example/b", "https://a.example/b")]),
        (LONG, [(f"{LONG.removeprefix('https://www.')[:39]}…", LONG)]),
        ("[the page](https://a.example/)", [("the page", "https://a.example/")]),
        ("mailto:me@a.example", [("me@a.example", "mailto:me@a.example")]),
        ("http://a.example/x_y_z*", [("a.example/x_y_z", "http://a.example/x_y_z")]),
        ("javascript:alert(1)", []),
        ("ftp://a.example/", []),
    ],
)
def test_only_harmless_addresses_become_links(
    chat: Chat, text: str, links: list[tuple[str, str]]
) -> None:
    chat.reply_with({"text": text})
    chat.ask("go on")
    found = chat.log.locator("a").all()
    shown = [link.inner_text().split("\n")[0] for link in found]
    assert [
        (name, link.get_attribute("href")) for name, link in zip(shown, found, strict=True)
    ] == links
    assert all(link.get_attribute("rel") == "noopener noreferrer" for link in found)


def test_the_little_markdown_that_answers_may_use(chat: Chat) -> None:
    chat.reply_with(
        {"text": "One **bold** and *soft* `word`.\nNext line\n\n- a\n- b\n\n1. c\n2. d"}
    )
    chat.ask("go on")
    shown = chat.replies.last
    assert shown.locator("strong").inner_text() == "bold"
    assert shown.locator("em").inner_text() == "soft"
    assert shown.locator("code").inner_text() == "word"
    assert shown.locator("p").count() == 1
    assert shown.locator("ul li").all_inner_texts() == ["a", "b"]
    assert shown.locator("ol li").all_inner_texts() == ["c", "d"]


def test_lists_within_lists_and_lines_within_items_stay_apart(chat: Chat) -> None:
    chat.reply_with({"text": "- a\n  b\n  - c\n  - [ ] d\n- e\n\n7. f\n\n   g\n8. h"})
    chat.ask("go on")
    shown = chat.replies.last
    assert shown.locator("ul ul > li").all_inner_texts() == ["c", "[ ] d"]
    assert shown.locator("ul > li").first.inner_text().split() == ["a", "b", "c", "[", "]", "d"]
    assert shown.locator("ol").get_attribute("start") == "7"
    assert shown.locator("ol > li").first.inner_text().split() == ["f", "g"]


def test_stars_and_brackets_of_plain_sentences_stay(chat: Chat) -> None:
    text = "2 * 3 * 4 is [24] (more or less), C* and a_b_c"
    chat.reply_with({"text": text})
    chat.ask("go on")
    assert chat.replies.last.inner_text() == text
