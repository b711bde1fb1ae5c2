"""Shared by the tests of the components: the real encoder, names, words and dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from spellchecker import SpellChecker

from content.loader import load
from nlu.made_examples import role_names
from nlu.normaliser import Normaliser
from nlu.roles import RoleSpotter
from nlu.spelling import SpellingRepair, count_words
from nlu.text import clean
from reading.encoder import SentenceEncoder

DATA = Path(__file__).parents[2] / "data" / "nlu"
_ANNOTATION = re.compile(r"\[([^]]*)\](?:\([^)]*\)|\{[^}]*\})")


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    """The packaged encoder."""
    return SentenceEncoder()


@pytest.fixture(scope="session")
def lexicon() -> set[str]:
    """English at large."""
    return set(SpellChecker(language="en").word_frequency.dictionary)


@pytest.fixture(scope="session")
def aliases() -> dict[str, list[str]]:
    """The names that the content has for each role."""
    return role_names(load())


@pytest.fixture(scope="session")
def repair(lexicon: set[str]) -> SpellingRepair:
    """Repair towards the words of the training data."""
    texts = (text for block in _blocks() if "intent" in block for text in _examples(block))
    return SpellingRepair(count_words(map(clean, texts)), lexicon)


@pytest.fixture(scope="session")
def spotter(aliases: dict[str, list[str]]) -> RoleSpotter:
    """Spots the roles by their real names."""
    return RoleSpotter(aliases)


@pytest.fixture(scope="session")
def normaliser(repair: SpellingRepair, aliases: dict[str, list[str]]) -> Normaliser:
    """Normalises as the trained assistant does."""
    return Normaliser(repair, aliases)


def _blocks() -> Iterator[dict[str, Any]]:
    for path in sorted(DATA.rglob("*.yml")):
        yield from yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]


def _examples(block: dict[str, Any]) -> list[str]:
    lines = [line[2:] for line in block["examples"].splitlines() if line.startswith("- ")]
    return [_ANNOTATION.sub(r"\1", line) for line in lines]
