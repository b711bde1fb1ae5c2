"""Finds topics that were begun and not finished: too few wordings, an empty test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from keepers.new_topic import TESTS
from keepers.nlu_files import DATA, block_lines, read_blocks, training_files
from tools.console import CommandError

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
        return [*missing_wordings(), *empty_tests()]
    except CommandError as error:
        return [str(error)]
