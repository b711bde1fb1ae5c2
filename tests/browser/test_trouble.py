"""Lost connections, busy servers, files that do not come."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.browser.chat import Chat
from tests.browser.conftest import Site

SKILLS = "What skills does an ML engineer need?"
TOOLS = "What tools do ML engineers use?"


def test_what_is_typed_while_the_server_is_down_arrives_once(chat: Chat, site: Site) -> None:
    chat.ask(SKILLS)
    site.stop()
    try:
        chat.field.fill(TOOLS)
        chat.field.press("Enter")
        expect(chat.page.get_by_text("Your message is kept")).to_be_visible()
        assert chat.accessibility_faults() == []
        chat.page.get_by_role("button", name="Try now").click()
        expect(chat.said).to_have_count(2)
    finally:
        site.start()
    chat.wait_until_said(2)
    expect(chat.page.get_by_text("Your message is kept")).to_be_hidden()
    assert "TensorFlow" in chat.replies.last.inner_text()
    said = [each["text"] for each in chat.history() if each["from"] == "visitor"]
    assert said == [SKILLS, TOOLS]


def test_a_message_whose_reply_was_lost_is_asked_once(chat: Chat) -> None:
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost or route.request.method != "POST":
            route.continue_()
            return
        lost.append(route.fetch().text())  # the server has answered, the page never hears it
        route.abort()

    chat.page.route("**/webhooks/webchat/messages", lose)
    chat.ask(SKILLS)
    assert lost
    assert len(chat.history()) == 2


def test_a_message_that_waits_survives_a_reload(chat: Chat) -> None:
    chat.page.route("**/webhooks/webchat/**", lambda route: route.abort())
    chat.field.fill(SKILLS)
    chat.field.press("Enter")
    expect(chat.page.get_by_text("Your message is kept")).to_be_visible()
    chat.page.reload()
    chat.open()
    expect(chat.said).to_have_text([SKILLS])
    chat.page.unroute_all()
    chat.page.get_by_role("button", name="Try now").click()
    chat.wait_until_said(1)
    assert "feature engineering" in chat.replies.last.inner_text()
    assert len(chat.history()) == 2


def test_messages_typed_one_after_the_other_keep_their_order(chat: Chat) -> None:
    for text in (SKILLS, TOOLS, "and for AI?"):
        chat.field.fill(text)
        chat.field.press("Enter")
    chat.wait_until_said(3)
    said = [each["text"] for each in chat.history() if each["from"] == "visitor"]
    assert said == [SKILLS, TOOLS, "and for AI?"]


def test_a_busy_server_is_given_the_time_it_asks_for(chat: Chat) -> None:
    refused: list[float] = []

    def refuse_once(route: Route) -> None:
        now = chat.page.evaluate("performance.now()")
        refused.append(now)
        if len(refused) == 1:
            route.fulfill(status=429, headers={"Retry-After": "2"}, json={"error": "too_many"})
        else:
            route.continue_()

    chat.page.route("**/webhooks/webchat/messages", refuse_once)
    chat.field.fill(SKILLS)
    chat.field.press("Enter")
    expect(chat.page.locator(".countdown")).to_contain_text("It goes on in")
    chat.wait_until_said(1)
    assert len(refused) == 2
    assert refused[1] - refused[0] >= 1900
    assert len(chat.history()) == 2


def test_what_the_server_refuses_is_said_and_the_next_message_goes_out(chat: Chat) -> None:
    chat.page.route(
        "**/webhooks/webchat/messages",
        lambda route: route.fulfill(
            status=422, json={"error": "bad_text", "message": "That text has no words."}
        ),
        times=1,
    )
    chat.field.fill("?")
    chat.field.press("Enter")
    expect(chat.log.locator(".note")).to_contain_text("That text has no words.")
    assert chat.accessibility_faults() == []
    assert "feature engineering" in chat.ask(SKILLS)


def test_feedback_that_does_not_arrive_is_said(chat: Chat) -> None:
    chat.ask(SKILLS)
    chat.page.route("**/feedback", lambda route: route.abort())
    helpful = chat.page.get_by_role("button", name="Helpful", exact=True)
    helpful.click()
    expect(chat.page.get_by_text("That did not work.")).to_be_visible()
    expect(helpful).to_have_attribute("aria-pressed", "false")


def test_a_chat_that_could_not_be_loaded_can_be_opened_again(
    visitor: Callable[..., Chat],
) -> None:
    chat = visitor()
    chat.page.route("**/widget/chat*", lambda route: route.abort())
    chat.visit()
    chat.launcher.click()
    expect(chat.page.get_by_text("The chat could not be loaded.")).to_be_visible()
    expect(chat.launcher).to_be_focused()
    chat.page.unroute_all()
    chat.open()
    expect(chat.page.get_by_text("The chat could not be loaded.")).to_be_hidden()
