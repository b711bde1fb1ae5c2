"""What stays when pages come and go."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.chat import Chat

SKILLS = "What skills does an ML engineer need?"
TOOLS = "What tools do ML engineers use?"


def test_a_reload_keeps_the_conversation(chat: Chat) -> None:
    answer = chat.ask(SKILLS)
    offered = chat.suggestions.all_inner_texts()
    chat.page.reload()
    chat.open()
    chat.wait_until_said(1)
    assert chat.replies.last.inner_text() == answer
    assert chat.suggestions.all_inner_texts() == offered
    assert "AI paradigms" in chat.ask("and for AI?")


def test_another_tab_shows_the_same_conversation(chat: Chat) -> None:
    chat.ask(SKILLS)
    other = Chat(chat.page.context.new_page(), chat.base).visit().open()
    other.wait_until_said(1)
    chat.ask(TOOLS)
    other.wait_until_said(2)
    assert other.replies.last.inner_text() == chat.replies.last.inner_text()
    other.choose("Delete the conversation")
    other.page.get_by_role("button", name="Delete", exact=True).click()
    expect(chat.said).to_have_count(0)


def test_a_conversation_that_the_server_no_longer_knows_begins_anew(chat: Chat) -> None:
    chat.ask(SKILLS)
    lost = chat.token
    chat.page.request.delete(
        f"{chat.base}/webhooks/webchat/session", headers={"Authorization": f"Bearer {lost}"}
    )
    chat.ask(TOOLS)
    expect(chat.log).to_contain_text("The earlier conversation has ended.")
    assert chat.token != lost
    assert [each["text"] for each in chat.history() if each["from"] == "visitor"] == [TOOLS]


def test_a_button_of_a_lost_conversation_is_asked_in_words(chat: Chat) -> None:
    chat.ask(SKILLS)
    chat.page.request.delete(
        f"{chat.base}/webhooks/webchat/session",
        headers={"Authorization": f"Bearer {chat.token}"},
    )
    title = chat.suggestions.first.inner_text()
    chat.suggestions.first.click()
    chat.wait_until_said(2)
    assert [each["text"] for each in chat.history() if each["from"] == "visitor"] == [title]


def test_a_reload_after_the_conversation_was_lost_tells_so(chat: Chat) -> None:
    chat.ask(SKILLS)
    chat.page.request.delete(
        f"{chat.base}/webhooks/webchat/session",
        headers={"Authorization": f"Bearer {chat.token}"},
    )
    chat.page.reload()
    chat.open()
    expect(chat.log).to_contain_text("The earlier conversation has ended.")
    expect(chat.said).to_have_count(0)
    assert "feature engineering" in chat.ask(SKILLS)


def test_where_nothing_may_be_stored_the_chat_works_until_the_page_is_left(
    visitor: Callable[..., Chat],
) -> None:
    chat = visitor()
    chat.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', "
        "{ get() { throw new DOMException('blocked', 'SecurityError'); } });"
    )
    chat.visit().open()
    chat.ask(SKILLS)
    assert "AI paradigms" in chat.ask("and for AI?")
    chat.page.reload()
    chat.open()
    expect(chat.said).to_have_count(0)
