"""A message is processed once and in order, however often it is sent."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from tests.channels.scripted import Call, ScriptedActions, answers, asked
from tests.channels.visitor import PREFIX, Visitor, new_id

_QUESTION = "what skills does an ML engineer need?"


class _Gate:
    """An action that answers when it is let, and tells how many ran at a time."""

    def __init__(self) -> None:
        self.entered, self.open = threading.Semaphore(0), threading.Event()
        self.running = self.most = 0

    def __call__(self, call: Call) -> tuple[int, Any]:
        self.running += 1
        self.most = max(self.most, self.running)
        self.entered.release()
        self.open.wait(20)
        self.running -= 1
        return answers(call)


def test_sent_again_it_gets_the_same_replies(guest: Visitor, actions: ScriptedActions) -> None:
    same = new_id()
    first = guest.say(_QUESTION, same)
    actions.behaviour = lambda call: (500, {})
    assert guest.say(_QUESTION, same) == first
    assert actions.calls == [_QUESTION]
    assert guest.said == [_QUESTION]


def test_sent_again_to_a_restarted_server_it_gets_the_same_replies(
    visitor: Visitor, elsewhere: Callable[[Visitor], Visitor]
) -> None:
    same = new_id()
    first = visitor.say("hello", same)
    assert elsewhere(visitor).say("hello", same) == first
    assert visitor.said == ["hello"]


def test_sent_again_while_it_is_processed_it_is_processed_once(
    guest: Visitor, actions: ScriptedActions
) -> None:
    actions.behaviour = gate = _Gate()
    same = new_id()
    with ThreadPoolExecutor() as pool:
        sent = [pool.submit(guest.say, _QUESTION, same)]
        assert gate.entered.acquire(timeout=20)
        sent += [pool.submit(guest.say, _QUESTION, same) for _ in range(3)]
        gate.open.set()
        replies = [each.result() for each in sent]
    assert replies == [replies[0]] * 4
    assert replies[0][0]["kind"] == "answer"
    assert actions.calls == [_QUESTION]
    assert guest.said == [_QUESTION]


def test_a_visitor_who_hangs_up_finds_the_replies_later(
    guest: Visitor, actions: ScriptedActions
) -> None:
    actions.behaviour = gate = _Gate()
    same = new_id()
    connection = http.client.HTTPConnection(urlsplit(guest.base).netloc)
    headers = {"Authorization": f"Bearer {guest.token}", "Content-Type": "application/json"}
    body = json.dumps({"id": same, "text": _QUESTION})
    connection.request("POST", f"{PREFIX}/messages", body, headers)
    assert gate.entered.acquire(timeout=20)
    connection.close()
    gate.open.set()
    assert guest.say(_QUESTION, same)[0]["text"] == f"about: {_QUESTION}"
    assert actions.calls == [_QUESTION]


def test_messages_sent_together_are_processed_in_order_one_by_one(
    guest: Visitor, actions: ScriptedActions
) -> None:
    actions.behaviour = gate = _Gate()
    topics = ("skills", "tools", "background", "work")
    texts = [f"what {topic} does an ML engineer have?" for topic in topics]
    with ThreadPoolExecutor() as pool:
        first = pool.submit(guest.say, texts[0])
        assert gate.entered.acquire(timeout=20)
        rest = pool.submit(lambda: [guest.say(text) for text in texts[1:]])
        gate.open.set()
        first.result()
        rest.result()
        together = list(pool.map(guest.say, texts))
    assert gate.most == 1
    assert [replies[0]["text"] for replies in together] == [f"about: {text}" for text in texts]
    history = guest.history
    assert guest.said[:4] == texts
    for question, reply in zip(history[::2], history[1::2], strict=True):
        assert (question["from"], reply["from"]) == ("visitor", "assistant")
        assert reply["text"] == f"about: {question['text']}"


def test_visitors_do_not_wait_for_each_other(guest: Visitor, actions: ScriptedActions) -> None:
    gate = _Gate()
    actions.behaviour = lambda call: gate(call) if "skills" in asked(call) else answers(call)
    other = Visitor(guest.base).begin()
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(guest.say, _QUESTION)
        assert gate.entered.acquire(timeout=20)
        (reply,) = other.say("which tools does an ML engineer use?")
        assert not slow.done()
        gate.open.set()
        slow.result()
    assert reply["kind"] == "answer"
