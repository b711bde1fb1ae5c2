"""What the tracker store has kept, read past the server."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

from tests.channels.visitor import Visitor
from tests.conftest import Server


def sender(visitor: Visitor) -> str:
    """Rasa's id of the visitor's conversation."""
    return f"web-{visitor.token.partition('.')[0]}"


def query(server: Server, statement: str, *values: str) -> list[tuple[Any, ...]]:
    """Rows of a statement, which is committed."""
    path = server.endpoints.with_name("conversations.db")
    with closing(sqlite3.connect(path)) as database, database:
        return database.execute(statement, values).fetchall()


def stored(server: Server, visitor: Visitor, kind: str) -> list[dict[str, Any]]:
    """Events of one kind of a visitor's conversation."""
    statement = "SELECT data FROM events WHERE sender_id = ? AND type_name = ? ORDER BY id"
    return [json.loads(data) for (data,) in query(server, statement, sender(visitor), kind)]
