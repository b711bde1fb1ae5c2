"""A conversation of many hundred turns is answered to its end as at its beginning."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from content.loader import load
from tests.conftest import Conversation
from tests.told import tells

TURNS = 400
_ML, _AI = load().roles

ROUND: list[tuple[str, tuple[str, str | None] | None]] = [
    ("What skills does an ML engineer need?", ("skills", _ML)),
    ("and what skills do AI engineers need?", ("skills", _AI)),
    ("shorter please", ("skills", _AI)),
    ("Which programming languages do ML engineers use?", ("tools", _ML)),
    ("go back", ("skills", _AI)),
    ("Which industries need them?", ("sectors", None)),
    ("thank you", None),
    ("and the background of AI engineers?", ("background", _AI)),
    ("what is the salary of an AI engineer", ("gap_pay", None)),
    ("repeat that", ("gap_pay", None)),
]
"""What is said again and again, and the topic and role that is told then."""


def wrong_turns(conversation: Conversation) -> list[str]:
    """What is wrong with the answers of one round."""
    found = []
    for text, expected in ROUND:
        reply = conversation.say(text)
        if expected and not tells(conversation.metadata[0], *expected):
            found.append(f"{text!r} -> {reply!r}")
    return found


def lengthen(database: Path, sender: str, times: int) -> None:
    """Puts a conversation's events that many times before themselves, as if all had been said.

    To say hundreds of turns would take minutes; Rasa reads a conversation anew for each message.
    """
    with closing(sqlite3.connect(database, timeout=10)) as connection, connection:
        query = "SELECT * FROM events WHERE sender_id = ? ORDER BY id"
        connection.row_factory = sqlite3.Row
        rows = [dict(row) for row in connection.execute(query, [sender])]
        start = next(i for i, row in enumerate(rows) if row["type_name"] == "session_started")
        span = rows[-1]["timestamp"] - rows[0]["timestamp"] + 1
        connection.execute("DELETE FROM events WHERE sender_id = ?", [sender])
        for index in range(times + 1):
            for row in rows if index == 0 else rows[start + 1 :]:
                at = row["timestamp"] - (times - index) * span
                data = json.dumps({**json.loads(row["data"]), "timestamp": at})
                moved = {**row, "id": None, "timestamp": at, "data": data}
                marks = ", ".join("?" * len(moved))
                insert = f"INSERT INTO events ({', '.join(moved)}) VALUES ({marks})"  # noqa: S608
                connection.execute(insert, list(moved.values()))


def test_the_last_of_many_turns_is_answered_like_the_first(
    conversation: Conversation, database: Path
) -> None:
    assert wrong_turns(conversation) == []
    lengthen(database, conversation.sender, TURNS // len(ROUND) - 2)
    assert wrong_turns(conversation) == []
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT count(*) FROM events WHERE sender_id = ? AND type_name = 'user'"
        ((said,),) = connection.execute(query, [conversation.sender])
    assert said == TURNS
