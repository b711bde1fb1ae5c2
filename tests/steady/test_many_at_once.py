"""Somebody sends 64 messages of one conversation at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.channels.visitor import Answer
from tests.steady.conftest import QUESTION, Assistant, apologised, in_time

_COUNT = 64


def test_in_the_web_chat_each_gets_a_reply_or_an_apology_and_is_kept_once(
    assistant: Assistant,
) -> None:
    visitor = assistant.visitor()
    texts = [f"{QUESTION} {number}" for number in range(_COUNT)]

    def ask(text: str) -> Answer:
        with in_time():
            return visitor.post(text=text)

    with ThreadPoolExecutor(_COUNT) as pool:
        answers = list(pool.map(ask, texts))
    answered = [text for text, answer in zip(texts, answers, strict=True) if not apologised(answer)]
    said = visitor.said
    assert answered
    assert len(said) == len(set(said))
    assert set(answered) <= set(said)


def test_over_rest_each_gets_a_reply_or_an_apology_and_is_kept_once(assistant: Assistant) -> None:
    texts = [f"hello number {number}" for number in range(_COUNT)]

    def ask(text: str) -> list[dict[str, str]]:
        with in_time():
            return assistant.rest("many", text)

    with ThreadPoolExecutor(_COUNT) as pool:
        replies = list(pool.map(ask, texts))
    assert all(replies)
    for text, (*_, last) in zip(texts, replies, strict=True):
        assert assistant.stored(text) == 1 or "sorry" in last["text"]
