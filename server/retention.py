"""Deletes conversations that nobody has continued for long."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from server.database import EVENTS

_BATCH = 100
# Between batches, so that turns come in between.
_PAUSE_SECONDS = 0.02


@dataclass(frozen=True)
class Deleted:
    """What was deleted."""

    conversations: int
    events: int


def delete_untouched_since(engine: Engine, moment: float) -> Deleted:
    """Deletes all conversations whose last event is older than a moment.

    It works in small transactions, so that a server that is using the database goes on. Whatever
    was deleted when it is interrupted stays deleted.

    Args:
        engine: of the database of conversations.
        moment: seconds since 1970.
    """
    conversations = events = 0
    with engine.connect() as connection:
        untouched = iter(list(connection.execute(_untouched_since(moment)).scalars()))
    for batch in _batches(untouched):
        with engine.begin() as connection:
            # Asked again, as somebody may have come back meanwhile.
            still = list(connection.execute(_untouched_since(moment, batch)).scalars())
            gone = EVENTS.delete().where(EVENTS.c.sender_id.in_(still))
            events += connection.execute(gone).rowcount
            conversations += len(still)
        time.sleep(_PAUSE_SECONDS)
    return Deleted(conversations, events)


def _untouched_since(moment: float, among: Sequence[str] | None = None) -> sa.sql.Select:
    last = sa.select(sa.func.max(EVENTS.c.id)).group_by(EVENTS.c.sender_id)
    if among is not None:
        last = last.where(EVENTS.c.sender_id.in_(among))
    return sa.select(EVENTS.c.sender_id).where(EVENTS.c.id.in_(last), EVENTS.c.timestamp < moment)


def _batches(senders: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(senders, _BATCH)):
        yield batch
