"""Conversations that made-up visitors held with the real assistant, in both kinds of stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.made_up_visits import Visit, drive, visits
from benchmarks.serving import serving
from tests.keepers.stores import Store, postgresql, sqlite

_VISITORS = 200
_VISITORS_OF_POSTGRESQL = 30


# Chance alone gives hardly any visit a thumb below an answer.
_DISPLEASED = Visit("visitor-7-displeased", ("Which industries are hiring?", "/feedback_bad"))


@pytest.fixture(scope="session")
def driven(model_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """An SQLite store of a few hundred conversations."""
    folder = tmp_path_factory.mktemp("driven")
    store = sqlite(folder)
    with serving(model_path, store.config, folder) as base:
        drive(base, [*visits(_VISITORS), _DISPLEASED])
    return store


@pytest.fixture(scope="session")
def driven_postgresql(
    model_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """A PostgreSQL store of some conversations."""
    folder = tmp_path_factory.mktemp("driven-postgresql")
    with postgresql() as store:
        with serving(model_path, store.config, folder) as base:
            drive(base, visits(_VISITORS_OF_POSTGRESQL, seed=8))
        yield store
