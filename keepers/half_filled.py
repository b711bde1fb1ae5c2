"""Finds topics that were begun and not finished: too few wordings, an empty test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from content.loader import (
    Content,
    ContentError,
    content_files,
    content_folder,
    draft_files,
    ids_in,
    load,
)
from keepers.article_text import sentences
from keepers.new_topic import TESTS
from keepers.nlu_files import DATA, block_lines, read_blocks, training_files
from tools.console import CommandError
from tools.place import is_engine

FEWEST = 10


def missing_wordings(folder: Path = DATA) -> Iterator[str]:
    """Intents with too few examples in all files, each as a line with the first file and line."""
    counts: Counter[str] = Counter()
    places: dict[str, Path] = {}
    for path in training_files(folder):
        for block in read_blocks(path):
            if "intent" in block:
                counts[block["intent"]] += len(block_lines(block))
                places.setdefault(block["intent"], path)
    for intent, number in counts.items():
        if number < FEWEST:
            path = places[intent]
            place = f"{path}:{_line(path, f'intent: {intent}')}"
            yield f"{place}: {intent}: has {number} wordings, needs at least {FEWEST}"


def topics_without_wordings(content: Content, folder: Path = DATA) -> Iterator[str]:
    """Topics of the content that no training file has an intent for."""
    known = {block.get("intent") for path in training_files(folder) for block in read_blocks(path)}
    for topic in content.topic_ids:
        if topic not in known:
            yield f"{folder}: {topic}: no file has wordings for this topic ('- intent: {topic}')"


def badly_put(content: Content) -> Iterator[str]:
    """Texts that are no one sentence, or do not say whose gap it is, each as a line.

    Answers are made of sentences one after the other; what is open, the source leaves open.
    """
    for statement in content.statements.values():
        for name, text in (("text", statement.text), ("simple", statement.simple)):
            if text and (not text.endswith(".") or len(sentences(text)) > 1):
                message = "must be one sentence, with a full stop at its end only"
                yield f"{_place(statement.id)}: {statement.id}.{name}: {message}"
    for gap in content.gaps.values():
        if not (gap.outside or gap.answer.startswith("The article ")):
            message = "must begin with 'The article ': it is the source that leaves it open"
            yield f"{_place(gap.id)}: {gap.id}.answer: {message}"


def _place(item: str) -> str:
    """File and line of an item of the content."""
    folder = content_folder()
    for path in content_files(folder):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if item in ids_in(line):
                return f"{path.name}:{number}"
    return str(folder)


def empty_tests(folder: Path = TESTS) -> Iterator[str]:
    """Turns of scripted conversations without a message or without an expectation."""
    for path in sorted(folder.glob("*.yml")):
        try:
            scripts = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        except yaml.YAMLError as error:
            yield f"{path}: not valid YAML: {' '.join(str(error).split())}"
            continue
        for script in scripts:
            for turn in script.get("turns") or [{}]:
                missing = _missing(turn)
                if missing:
                    line = _line(path, f"about: {script.get('about')}")
                    yield f"{path}:{line}: {script.get('about')}: '{missing}' is empty"


def finished_drafts() -> Iterator[str]:
    """Drafts that nobody is told of yet, each as a line."""
    for path in draft_files():
        line = _line(path, "draft: true")
        yield f"{path.name}:{line}: draft: all is filled in: take this line out"


def _missing(turn: dict[str, Any]) -> str | None:
    if not turn.get("user") and not turn.get("press"):
        return "user"
    expected = any(value for key, value in turn.items() if key not in ("user", "press"))
    return None if expected else "must"


def _line(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def half_filled() -> list[str]:
    """All that is unfinished."""
    try:
        found = [*missing_wordings(), *empty_tests()]
        content = load(with_drafts=True)
        if is_engine():  # another article needs no wordings, and has a style of its own
            found += [*topics_without_wordings(content), *badly_put(content)]
        return found or list(finished_drafts())
    except ContentError:
        return found
    except CommandError as error:
        return [str(error)]
