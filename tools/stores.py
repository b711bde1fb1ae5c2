"""The SQL store that an endpoints file names, opened to be read, without Rasa."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml
from sqlalchemy.engine import Engine

from tools.console import CommandError

_WAIT_SECONDS = 5


def read_store_config(path: Path) -> dict[str, Any]:
    """The `tracker_store` of an endpoints file, ${VARIABLES} filled in as Rasa does.

    Raises:
        CommandError: if there is none, or a variable is not set.
    """
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CommandError(f"there is no {path} (ENDPOINTS=...)") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CommandError(f"{path} cannot be read: {' '.join(str(error).split())}") from error
    store = given.get("tracker_store") if isinstance(given, dict) else None
    if not isinstance(store, dict):
        raise CommandError(f"{path} names no tracker_store: conversations are not kept anywhere")
    return {key: _filled(value) for key, value in store.items()}


def _filled(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    filled = os.path.expandvars(value)
    missing = re.search(r"\$\{(\w+)\}", filled)
    if missing:
        raise CommandError(f"the environment variable {missing[1]} of the tracker_store is not set")
    return filled


def open_store(config: Mapping[str, Any]) -> Engine:
    """Connects to the store of a `tracker_store` block.

    Raises:
        CommandError: if it is not an SQL store, or cannot be reached.
    """
    dialect = str(config.get("dialect") or "sqlite")
    if str(config.get("type", "SQL")).lower() in {"mongod", "redis", "dynamo", "inmemory"}:
        raise CommandError(f"only SQL tracker stores can be read, not {config['type']!r}")
    if dialect.startswith("sqlite"):
        engine = _sqlite(Path(str(config.get("db") or "conversations.db")))
    elif dialect.startswith("postgres"):
        engine = sa.create_engine(
            _url(dialect, config), connect_args={"connect_timeout": _WAIT_SECONDS}
        )
    else:
        raise CommandError(f"only sqlite and postgresql can be read, not {dialect!r}")
    return engine


def _sqlite(path: Path) -> Engine:
    if not path.is_file():
        raise CommandError(f"there is no database {path} yet: nobody has talked to the assistant")
    # Read-only: a report neither creates a file nor changes one.
    return sa.create_engine(
        f"sqlite:///file:{path.resolve().as_posix()}?mode=ro&uri=true",
        connect_args={"timeout": _WAIT_SECONDS},
    )


def _url(dialect: str, config: Mapping[str, Any]) -> Any:
    """The address as Rasa builds it (rasa/core/tracker_store.py, `SQLTrackerStore.get_db_url`)."""
    host = str(config.get("host") or config.get("url") or "")
    if "://" in host:
        return host
    name, _, port = host.partition(":")
    return sa.engine.url.URL.create(
        dialect.replace("postgres+", "postgresql+"),
        config.get("username"),
        config.get("password"),
        name or None,
        int(config.get("port") or port or 5432),
        config.get("db"),
        config.get("query") or {},
    )
