"""The committed reader, and a small article of its own to read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reading.candidates import Shelf
from reading.reader import StatementReader
from reading.sides import sides_of

NAME = "cook-vs-waiter"
STATEMENTS = {
    "s1": "Cooks prepare the meals in the kitchen of a restaurant.",
    "s2": "Waiters bring the meals to the guests and take their orders.",
    "s3": "Cooks train for three years, while waiters train for two years.",
    "s4": "According to the 2021 Larder Report, 35 percent of waiters work at weekends only.",
    "s5": "A restaurant in Melby opened a second kitchen in March 2019.",
}
SINGLES = [
    {"say": "what do cooks do all day", "labels": {"s1": "answers"}, "after": None},
    {"say": "cooks train for three years, right?", "labels": {"s3": "confirms"}, "after": None},
    {"say": "do half of them?", "labels": {"s4": "denies"}, "after": {"user": "hm", "bot": "s4"}},
    {"say": "nice weather", "labels": {}, "after": None},
]
TALK = {
    "visitor": "a pupil",
    "turns": [
        {
            "say": "hi, what do waiters do?",
            "acts": ["greet", "ask"],
            "labels": {"s2": "answers"},
            "verdict": "answered",
            "reply": ["s2"],
            "form": None,
        },
        {
            "say": "thanks",
            "acts": ["ack"],
            "labels": {},
            "verdict": "none",
            "reply": [],
            "form": None,
        },
        {
            "say": "and do they train for five years?",
            "acts": ["ask"],
            "labels": {"s3": "denies"},
            "verdict": "no",
            "reply": ["s3"],
            "form": "bullets",
        },
    ],
}
HARDS = [
    {"say": "is it only cooks?", "labels": {"s1": "near"}, "after": None, "kind": "exclusive"},
]

WriteArticle = Callable[..., Path]


@pytest.fixture
def write_article(tmp_path: Path) -> WriteArticle:
    """Writes an article's files; what is given takes the place of what the sound one has."""

    def write(more: dict[str, Any] | None = None, **changed: Any) -> Path:
        path = tmp_path / f"{NAME}.json"
        article = {"name": NAME, "statements": STATEMENTS, "turns": SINGLES, **changed}
        path.write_text(json.dumps(article), encoding="utf-8")
        (tmp_path / "dialogues").mkdir(exist_ok=True)
        spoken = {"name": NAME, "dialogues": [TALK], "hard": HARDS, **(more or {})}
        (tmp_path / "dialogues" / path.name).write_text(json.dumps(spoken), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def reader() -> StatementReader:
    """The reader as it is committed."""
    return StatementReader.packaged()


@pytest.fixture(scope="session")
def shelf(reader: StatementReader) -> Shelf:
    """The small article's statements."""
    return reader.shelf(STATEMENTS, sides_of(NAME))
