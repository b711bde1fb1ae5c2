"""Deletes conversations that nobody has continued for a number of days."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import read_endpoint_config
from sqlalchemy.exc import SQLAlchemyError

from server.tracker_store import ConversationStore
from tools.place import file_of

_STORE = f"{ConversationStore.__module__}.{ConversationStore.__name__}"


class PurgeError(Exception):
    """Nothing was deleted; the message is for the person at the terminal."""


def store_of(endpoints: Path) -> ConversationStore:
    """The tracker store that an endpoints file names; ${...} comes from the environment.

    Raises:
        PurgeError: if there is none of this project's kind.
    """
    if not endpoints.is_file():
        raise PurgeError(f"there is no file {endpoints}")
    config = read_endpoint_config(str(endpoints), "tracker_store")
    if config is None or config.type != _STORE:
        raise PurgeError(f"{endpoints} names no tracker store of type {_STORE}")
    return ConversationStore(host=config.url, **config.kwargs)


def _days(text: str) -> float:
    days = float(text)
    if not 0 < days < 100_000:
        raise ValueError(text)
    return days


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: `python -m tools.purge DAYS [--endpoints FILE]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("days", type=_days, help="days since the last event of a conversation")
    parser.add_argument("--endpoints", type=Path, default=file_of("endpoints.yml"))
    given = parser.parse_args(arguments)
    try:
        deleted = store_of(given.endpoints).forget(given.days)
    except (PurgeError, RasaException, SQLAlchemyError) as error:
        print(f"make: {error}", file=sys.stderr)
        return 1
    print(
        f"Deleted {deleted.conversations} conversations ({deleted.events} events) "
        f"that nobody has continued for {given.days:g} days."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
