"""Conversation stores on real databases: SQLite always, PostgreSQL where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain

from benchmarks.services import MissingProgram, Postgresql, open_folder, postgresql
from server.tracker_store import ConversationStore

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [ask]
slots:
  topic: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  unsure: {type: float, initial_value: 0, influence_conversation: false, mappings: [{type: custom}]}
"""
)

MakeStore = Callable[..., ConversationStore]


@pytest.fixture(scope="session")
def database_server() -> Iterator[Postgresql]:
    """A PostgreSQL server; the tests that need one are skipped where it is not installed."""
    try:
        with open_folder() as folder, postgresql(folder / "data") as server:
            yield server
    except MissingProgram as error:
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", "postgresql"])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeStore]:
    """Makes stores, each as a process of its own would, of one database that is empty at first."""
    options: dict[str, Any] = {"dialect": "sqlite", "db": str(tmp_path / "conversations.db")}
    if request.param == "postgresql":
        server: Postgresql = request.getfixturevalue("database_server")
        # It hangs in no test that uses this; a busy machine may look as if it did.
        options = {"host": server.url, "patience_seconds": 60}
        with sa.create_engine(server.url).begin() as connection:
            connection.execute(sa.text("DROP TABLE IF EXISTS events"))
    made: list[ConversationStore] = []

    def make(**others: Any) -> ConversationStore:
        made.append(ConversationStore(DOMAIN, **{**options, **others}))
        return made[-1]

    yield make
    for store in made:
        store.engine.dispose()
