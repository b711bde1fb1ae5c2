from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.chat import Chat

SKILLS = "What skills does an ML engineer need?"
DIFFERENCES = "How do ML engineering and AI engineering differ?"


def test_a_question_is_answered(chat: Chat) -> None:
    assert "feature engineering" in chat.ask(SKILLS)
    assert chat.said.all_inner_texts() == [SKILLS]
    expect(chat.field).to_have_value("")
    expect(chat.field).to_be_focused()


def test_enter_sends_and_shift_enter_makes_a_new_line(chat: Chat) -> None:
    chat.field.press_sequentially("What skills")
    chat.field.press("Shift+Enter")
    chat.field.press_sequentially("does an ML engineer need?")
    expect(chat.said).to_have_count(0)
    chat.field.press("Enter")
    chat.wait_until_said(1)
    assert chat.said.first.inner_text() == "What skills\ndoes an ML engineer need?"


def test_a_quick_reply_is_asked_under_its_title(chat: Chat) -> None:
    chat.ask(SKILLS)
    title = chat.suggestions.first.inner_text()
    chat.suggestions.first.click()
    chat.wait_until_said(2)
    assert chat.said.last.inner_text() == title
    assert chat.replies.last.inner_text() != chat.replies.nth(1).inner_text()
    assert chat.history()[2]["text"] == title


def test_first_questions_go_away_once_there_is_something_said(chat: Chat) -> None:
    question = chat.suggestions.first.inner_text()
    chat.suggestions.first.click()
    chat.wait_until_said(1)
    assert chat.said.all_inner_texts() == [question]
    expect(chat.log.locator(".first")).to_have_count(0)


def test_a_comparison_has_a_table(chat: Chat) -> None:
    chat.ask(DIFFERENCES)
    table = chat.log.get_by_role("table")
    assert table.get_by_role("columnheader").count() == 3
    rows = table.get_by_role("row")
    assert rows.count() > 2
    assert rows.nth(1).get_by_role("rowheader").count() == 1
    assert rows.nth(1).get_by_role("cell").count() == 2


def test_what_is_asked_for_as_bullets_is_a_list_also_after_a_reload(chat: Chat) -> None:
    chat.ask("What does an ML engineer do?")
    chat.ask("Put that into bullet points")
    points = chat.history()[-1]["points"]
    assert points["items"]
    items = chat.replies.last.get_by_role("list").get_by_role("listitem")
    assert items.all_inner_texts() == points["items"]
    chat.page.reload()
    chat.open()
    chat.wait_until_said(2)
    assert items.all_inner_texts() == points["items"]


def test_a_list_stands_apart_from_what_is_said_around_it_and_is_copied_as_lines(
    chat: Chat,
) -> None:
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    text = "Once more: 1. One\n2. Two\nThat is all."
    chat.reply_with({"text": text, "points": {"ordered": True, "items": ["One", "Two"]}})
    chat.ask("go on")
    shown = chat.replies.last
    assert shown.locator("ol > li").all_inner_texts() == ["One", "Two"]
    assert shown.locator("p").all_inner_texts() == ["Once more:", "That is all."]
    chat.choose("Copy the conversation")
    expect(chat.page.get_by_text("Copied.")).to_be_visible()
    assert chat.page.evaluate("navigator.clipboard.readText()").endswith(f"Assistant: {text}")


def test_a_list_that_is_not_in_the_text_leaves_the_text(chat: Chat) -> None:
    chat.reply_with({"text": "- One\n- Two", "points": {"ordered": True, "items": ["Three"]}})
    chat.ask("go on")
    assert chat.replies.last.locator("ul > li").all_inner_texts() == ["One", "Two"]


def test_the_source_is_told_on_request(chat: Chat) -> None:
    chat.ask("What do ML engineers train models on?")  # the article cites somebody for it
    article = chat.log.get_by_text("Machine Learning Engineering vs AI Engineering")
    expect(article).to_be_hidden()
    chat.log.locator("summary").click()
    expect(article).to_be_visible()
    link = chat.log.locator(".source a")
    assert (link.get_attribute("href") or "").startswith("https://")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("target") == "_blank"


def test_a_thumb_is_kept_and_shown_again_after_a_reload(chat: Chat) -> None:
    chat.ask(SKILLS)
    helpful = chat.page.get_by_role("button", name="Helpful", exact=True)
    with chat.page.expect_response("**/feedback") as response:
        helpful.click()
    assert response.value.status == 204
    expect(helpful).to_have_attribute("aria-pressed", "true")
    expect(chat.page.get_by_text("Thank you for telling us.")).to_be_visible()
    chat.page.reload()
    chat.open()
    expect(helpful).to_have_attribute("aria-pressed", "true")
    chat.page.get_by_role("button", name="Not helpful").click()
    expect(helpful).to_have_attribute("aria-pressed", "false")


def test_a_message_that_is_too_long_is_kept_but_not_sent(chat: Chat) -> None:
    count = chat.page.locator("#count")
    chat.field.fill("a" * 800)
    expect(count).to_be_empty()
    chat.field.fill("a" * 990)
    expect(count).to_have_text("10 characters left")
    chat.field.fill("a" * 1003)
    expect(count).to_have_text("3 characters too many")
    expect(chat.page.get_by_role("button", name="Send")).to_be_disabled()
    chat.field.press("Enter")
    expect(chat.said).to_have_count(0)
    expect(chat.field).to_have_value("a" * 1003)


def test_signs_of_two_code_units_count_once_as_the_server_counts_them(chat: Chat) -> None:
    chat.field.fill("\N{GRINNING FACE}" * 1000)
    expect(chat.page.locator("#count")).to_have_text("0 characters left")
    chat.field.press("Enter")
    chat.wait_until_said(1)
    assert chat.history()[0]["text"] == "\N{GRINNING FACE}" * 1000


def test_start_over_is_said_to_the_assistant(chat: Chat) -> None:
    chat.ask(SKILLS)
    chat.choose("Start over")
    expect(chat.log.locator(".beginning")).to_have_text("A new beginning")
    chat.wait_until_said(1)
    assert "afresh" in chat.replies.last.inner_text()


def test_the_conversation_can_be_copied(chat: Chat) -> None:
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer = chat.ask(SKILLS)
    chat.choose("Copy the conversation")
    expect(chat.page.get_by_text("Copied.")).to_be_visible()
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"You: {SKILLS}\n\nAssistant: {answer}"


def test_the_conversation_can_be_saved(chat: Chat, tmp_path: Path) -> None:
    chat.ask(DIFFERENCES)
    with chat.page.expect_download() as download:
        chat.choose("Save as a text file")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    assert path.suffix == ".txt"
    assert text.startswith(f"You: {DIFFERENCES}\n\nAssistant: ")
    assert re.search(r"^Scope[^\t]*\t.+\t.+$", text, re.MULTILINE)


def test_deleting_asks_first_and_leaves_nothing(chat: Chat) -> None:
    chat.ask(SKILLS)
    token = chat.token
    chat.choose("Delete the conversation")
    chat.page.get_by_role("button", name="Back", exact=True).click()
    expect(chat.said).to_have_count(1)
    chat.choose("Delete the conversation")
    chat.page.get_by_role("button", name="Delete", exact=True).click()
    expect(chat.said).to_have_count(0)
    expect(chat.page.get_by_text("The conversation has been deleted.")).to_be_visible()
    assert chat.page.evaluate("localStorage.length") == 0
    response = chat.page.request.get(
        f"{chat.base}/webhooks/webchat/messages", headers={"Authorization": f"Bearer {token}"}
    )
    assert response.status == 401


def test_what_is_stored_is_told(chat: Chat) -> None:
    chat.choose("What is stored")
    sheet = chat.page.get_by_role("dialog", name="What is stored")
    expect(sheet).to_contain_text("stored on the server")
    chat.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(chat.window).to_be_visible()
