"""Parts of the whole hang, as several servers: each request is answered, no turn is kept twice."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from benchmarks.hanging import hanging
from benchmarks.services import MissingProgram
from benchmarks.topology import Topology, running
from tests.channels.visitor import Answer, Visitor
from tests.steady.conftest import FOLLOW_UP, QUESTION, apologised, in_time

_VISITORS = 8
_ASKED = "which tools does an ML engineer use?"
# Each from an address of their own, so that nobody is taken for somebody who asks too often.
_SOURCES = (f"127.9.{n >> 8}.{n & 255}" for n in itertools.count(1))


@pytest.fixture(scope="module")
def whole(model_path: Path) -> Iterator[Topology]:
    """nginx, two bot servers, two action servers, PostgreSQL and Redis."""
    try:
        with running(model_path) as topology:
            yield topology
    except MissingProgram as error:
        pytest.skip(str(error))


@pytest.fixture
def visitors(whole: Topology) -> list[Visitor]:
    """Visitors, some on each bot server, who have asked something."""
    sources = [next(_SOURCES) for _ in range(_VISITORS)]
    found = [Visitor(whole.address, source=source).begin() for source in sources]
    for visitor in found:
        assert not apologised(visitor.post(text=QUESTION))
    return found


def _in_time(visitor: Visitor, text: str) -> Answer:
    with in_time():
        return visitor.post(text=text)


def test_a_turn_of_a_server_that_froze_in_it_is_kept_once(
    whole: Topology, visitors: list[Visitor]
) -> None:
    with ThreadPoolExecutor(_VISITORS) as pool, ExitStack() as frozen:
        sent: list[Future[Answer]]
        with ExitStack() as slow:  # all turns are in the middle: they wait for their actions
            for node in whole.actions:
                slow.enter_context(hanging(node.process.pid))
            sent = [pool.submit(_in_time, visitor, _ASKED) for visitor in visitors]
            time.sleep(0.3)
            frozen.enter_context(hanging(whole.bots[0].process.pid))
        answers = [each.result() for each in sent]  # from the other server
        frozen.close()  # and now the first one goes on where it was
        time.sleep(3)
    answered = [not apologised(answer) for answer in answers]
    assert any(answered)
    for visitor, is_answered in zip(visitors, answered, strict=True):
        assert visitor.said.count(_ASKED) <= 1
        assert not is_answered or visitor.said.count(_ASKED) == 1
        assert "AI engineer" in visitor.say(FOLLOW_UP)[0]["text"]


@pytest.mark.parametrize("number", [0, 1])
def test_while_a_bot_server_hangs_the_other_one_answers(
    whole: Topology, visitors: list[Visitor], number: int
) -> None:
    with hanging(whole.bots[number].process.pid), ThreadPoolExecutor(_VISITORS) as pool:
        answers = list(pool.map(lambda visitor: _in_time(visitor, _ASKED), visitors))
    assert any(not apologised(answer) for answer in answers)
    for visitor in visitors:
        assert "AI engineer" in visitor.say(FOLLOW_UP)[0]["text"]


def test_while_an_action_server_hangs_the_other_one_replies(
    whole: Topology, visitors: list[Visitor]
) -> None:
    with hanging(whole.actions[0].process.pid):
        answers = [_in_time(visitor, _ASKED) for visitor in visitors]
    assert any(not apologised(answer) for answer in answers)


def test_while_the_database_hangs_everything_is_told_off_in_time(
    whole: Topology, visitors: list[Visitor]
) -> None:
    visitor = visitors[0]
    with hanging(whole.database.process_id):
        for method, path, value in (
            ("POST", "messages", {"id": "id-of-a-message", "text": _ASKED}),
            ("GET", "messages", None),
            ("DELETE", "session", None),
            ("POST", "session", None),
            ("POST", "feedback", {"answer": "skills/ml_engineer", "helpful": True}),
        ):
            with in_time():
                answer = visitor.call(method, path, value)
            assert answer.status == 503, (method, path)
            assert answer.headers["retry-after"]
    for other in visitors[1:]:
        assert "AI engineer" in other.say(FOLLOW_UP)[0]["text"]
        assert other.said == [QUESTION, FOLLOW_UP]


def test_while_redis_hangs_visitors_notice_nothing(
    whole: Topology, visitors: list[Visitor]
) -> None:
    assert whole.redis.process is not None
    with hanging(whole.redis.process.pid):
        for visitor in visitors:
            with in_time():
                assert "AI engineer" in visitor.say(FOLLOW_UP)[0]["text"]
