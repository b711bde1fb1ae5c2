"""Who gets to see what, and whom the page talks to."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.chat import STRICT_POLICY, Chat

SKILLS = "What skills does an ML engineer need?"


def test_two_visitors_never_see_each_others_words(visitor: Callable[..., Chat]) -> None:
    first, second = visitor().visit().open(), visitor().visit().open()
    first.ask(SKILLS)
    second.ask("Which industries are hiring?")
    first.page.reload()
    second.page.reload()
    assert first.open().token != second.open().token
    first.wait_until_said(1)
    second.wait_until_said(1)
    assert first.said.all_inner_texts() == [SKILLS]
    assert second.said.all_inner_texts() == ["Which industries are hiring?"]
    assert "feature engineering" not in second.log.inner_text()


def test_a_guessed_session_gets_nothing(visitor: Callable[..., Chat]) -> None:
    first, guesser = visitor().visit().open(), visitor().visit().open()
    first.ask(SKILLS)
    address = f"{first.base}/webhooks/webchat/messages"
    token = first.token
    other_sign = "A" if token[0] != "A" else "B"
    for guess in (other_sign + token[1:], token[:-3], token + "A", "1", "default", ""):
        response = guesser.page.request.get(address, headers={"Authorization": f"Bearer {guess}"})
        assert response.status == 401
        assert "feature" not in response.text()


def test_a_stolen_guess_in_the_browser_begins_a_conversation_of_its_own(
    visitor: Callable[..., Chat],
) -> None:
    chat = visitor().visit()
    key = f"two-roles-chat {chat.base}"
    chat.page.evaluate('key => localStorage.setItem(key, \'{"token": "guessed"}\')', key)
    chat.open()
    expect(chat.said).to_have_count(0)
    assert "feature engineering" in chat.ask(SKILLS)
    assert chat.token != "guessed"  # noqa: S105  not a secret


def test_nothing_is_asked_of_the_server_before_the_visitor_opens_the_chat(
    visitor: Callable[..., Chat],
) -> None:
    chat = visitor().visit()
    chat.page.wait_for_load_state("networkidle")
    assert not [each for each in chat.requests if "/webhooks/" in each or "/widget/chat-" in each]
    chat.open()
    chat.page.wait_for_load_state("networkidle")
    assert not [each for each in chat.requests if "/webhooks/" in each]


def test_a_journey_keeps_to_the_strict_policy_and_to_one_host(chat: Chat) -> None:
    policy = chat.page.request.get(f"{chat.base}/").headers["content-security-policy"]
    assert all(part.strip() in policy for part in STRICT_POLICY.split(";"))
    chat.ask("How do ML engineering and AI engineering differ?")
    chat.log.locator("summary").last.click()
    chat.page.get_by_role("button", name="Helpful", exact=True).click()
    expect(chat.page.get_by_text("Thank you for telling us.")).to_be_visible()
    chat.choose("What is stored")
    chat.page.keyboard.press("Escape")
    chat.page.get_by_role("button", name="Violet").click()
    assert chat.violations == []
    assert chat.foreign_requests == []


def test_no_cookie_is_set(chat: Chat) -> None:
    chat.ask(SKILLS)
    assert chat.page.context.cookies() == []
