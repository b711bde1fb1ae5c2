"""Each visitor has a conversation of their own, which the server keeps."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from tests.channels.database import query, sender, stored
from tests.channels.scripted import ScriptedActions, says
from tests.channels.visitor import Visitor, new_id
from tests.conftest import Server
from tests.told import tells

_REPLY_KEYS = {"text", "kind", "buttons", "table", "image", "source", "answer"}
_REPLY_KEYS |= {"verdict", "statements", "points"}
_QUESTION = "what skills does an ML engineer need?"


def test_an_answer_comes_with_buttons(visitor: Visitor) -> None:
    (reply,) = visitor.say(_QUESTION)
    assert set(reply) == _REPLY_KEYS
    assert tells(reply, "skills", "ml_engineer")
    assert reply["verdict"] in ("answered", "none")
    assert reply["buttons"]
    assert all(set(button) == {"title", "payload"} for button in reply["buttons"])


def test_small_talk_of_the_domain_is_told_apart(visitor: Visitor) -> None:
    assert [reply["kind"] for reply in visitor.say("hello")] == ["small_talk"]


def test_what_an_action_says_besides_text_reaches_the_visitor(
    guest: Visitor, actions: ScriptedActions
) -> None:
    more = {
        "kind": "gap",
        "answer": "gap_pay",
        "verdict": "not_stated",
        "statements": ["demand"],
        "table": {"columns": ["a", "b"], "rows": [["1", "2"]]},
        "points": {"ordered": True, "items": ["a", "b"]},
        "source": {"section": None, "title": "t", "publisher": "p", "published": "d"},
        "image": "https://site.example/picture.png",
        "buttons": [{"title": "Tools", "payload": "/tools"}],
    }
    actions.behaviour = lambda call: says("No figures.", **more)
    replies = guest.say("how much do they earn?")
    assert replies == [{"text": "No figures.", **more}]
    kept = guest.history[-1]
    assert {key: kept[key] for key in _REPLY_KEYS} == replies[0]


def test_two_visitors_never_see_each_other(server: Server) -> None:
    first, second = Visitor(server.base).begin(), Visitor(server.base).begin()
    first.say(_QUESTION)
    second.say("hello")
    assert first.said == [_QUESTION]
    assert second.said == ["hello"]
    (reply,) = second.say("and for AI?")
    assert not tells(reply, "skills", "ai_engineer")
    (reply,) = first.say("and for AI?")
    assert tells(reply, "skills", "ai_engineer")


def test_a_message_id_belongs_to_its_conversation(server: Server) -> None:
    first, second, same = Visitor(server.base).begin(), Visitor(server.base).begin(), new_id()
    assert first.say(_QUESTION, same)[0]["kind"] == "answer"
    assert second.say("hello", same)[0]["kind"] == "small_talk"


def test_the_history_tells_what_was_said(visitor: Visitor) -> None:
    asked = new_id()
    replies = visitor.say(_QUESTION, asked)
    button = replies[0]["buttons"][0]
    pressed = new_id()
    more = visitor.post(pressed, payload=button["payload"]).json["replies"]
    history = visitor.history
    times = [message.pop("time") for message in history]
    assert history == [
        {"from": "visitor", "id": asked, "text": _QUESTION},
        {"from": "assistant", **replies[0]},
        {"from": "visitor", "id": pressed, "text": button["title"]},
        {"from": "assistant", **more[0]},
    ]
    assert times == sorted(times)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", time) for time in times)
    assert datetime.fromisoformat(times[0].replace("Z", "+00:00")).year > 2020


def test_a_new_conversation_is_empty(visitor: Visitor) -> None:
    assert visitor.history == []


def test_a_restart_keeps_the_history_and_the_thread(
    visitor: Visitor, elsewhere: Callable[[Visitor], Visitor]
) -> None:
    visitor.say(_QUESTION)
    before = visitor.history
    again = elsewhere(visitor)
    assert again.history == before
    assert tells(again.say("and for AI?")[0], "skills", "ai_engineer")
    assert visitor.history == again.history


def test_events_of_an_earlier_session_are_kept(visitor: Visitor, server: Server) -> None:
    first = new_id()
    replies = visitor.say(_QUESTION, first)
    # Two hours ago, in the column and in the event: Rasa begins a new session.
    query(
        server,
        "UPDATE events SET timestamp = timestamp - 7200, data = json_set(data, '$.timestamp', "
        "json_extract(data, '$.timestamp') - 7200) WHERE sender_id = ?",
        sender(visitor),
    )
    visitor.say("hello")
    assert len(stored(server, visitor, "session_started")) == 2
    assert visitor.said == [_QUESTION, "hello"]
    assert visitor.say(_QUESTION, first) == replies
    assert visitor.post(payload=replies[0]["buttons"][0]["payload"]).status == 200


def test_a_deleted_conversation_is_gone(
    visitor: Visitor, elsewhere: Callable[[Visitor], Visitor], server: Server
) -> None:
    visitor.say("hello zebrafinch")
    count = "SELECT count(*) FROM events WHERE sender_id = ? OR data LIKE '%zebrafinch%'"
    assert query(server, count, sender(visitor)) != [(0,)]
    answer = visitor.call("DELETE", "session")
    assert (answer.status, answer.body) == (204, b"")
    for here in (visitor, elsewhere(visitor)):
        assert here.call("GET", "messages").error == (401, "bad_token")
        assert here.post(text="hello").error == (401, "bad_token")
        assert here.call("DELETE", "session").error == (401, "bad_token")
    assert query(server, count, sender(visitor)) == [(0,)]


def test_deleting_leaves_other_conversations_alone(server: Server) -> None:
    first, second = Visitor(server.base).begin(), Visitor(server.base).begin()
    second.say("hello")
    first.call("DELETE", "session")
    assert second.said == ["hello"]
