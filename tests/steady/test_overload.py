"""More visitors at once than one server can answer in time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.channels.visitor import Answer
from tests.steady.conftest import FOLLOW_UP, QUESTION, Assistant, apologised, in_time

_COUNT = 200


def test_each_of_200_is_answered_or_told_off_in_time(assistant: Assistant) -> None:
    visitors = [assistant.visitor() for _ in range(_COUNT)]

    def ask(number: int) -> Answer:
        with in_time():
            return visitors[number].post(text=QUESTION)

    with ThreadPoolExecutor(_COUNT) as pool:
        answers = list(pool.map(ask, range(_COUNT)))
    assert any(not apologised(answer) for answer in answers)
    for answer in answers:
        assert answer.status in (200, 503)
        assert answer.status == 200 or answer.headers["retry-after"]
    for visitor, answer in zip(visitors, answers, strict=True):
        # What was told off for want of time leaves nothing behind, or the apology that was given.
        assert visitor.said in ([], [QUESTION])
        assert apologised(answer) or visitor.said == [QUESTION]
    assert "AI engineer" in visitors[0].say(FOLLOW_UP)[0]["text"]
