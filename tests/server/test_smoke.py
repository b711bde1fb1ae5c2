"""The assistant as a visitor meets it over HTTP."""

from tests.conftest import Conversation


def test_greets(conversation: Conversation) -> None:
    assert "ML" in conversation.say("hello")
