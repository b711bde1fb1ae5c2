"""Reads the training examples of data/nlu, and writes new ones as a small, clean change."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from content.files import write_all
from content.loader import ContentError, load
from nlu.made_examples import engine_files, of_roles
from tools.console import CommandError

DATA = Path("data/nlu")
_ANNOTATION = re.compile(r"\[([^\]]*)\](?:\{[^}]*\}|\([^)]*\))")
_HEAD = 'version: "3.1"\n\nnlu:\n'
_MARK = "- "


@dataclass(frozen=True)
class Example:
    """One wording of the training data, without annotations, and where it stands."""

    text: str
    intent: str
    path: Path


def read_blocks(path: Path) -> list[dict[str, Any]]:
    """The blocks of one training file.

    Raises:
        CommandError: if it cannot be read.
    """
    try:
        given = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        return [block for block in given["nlu"] if isinstance(block, dict)]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        reason = " ".join(str(error).split())
        raise CommandError(f"{path} cannot be read as training data: {reason}") from error


def training_files(folder: Path = DATA) -> list[Path]:
    """All files of training examples; besides an article's own, those of the engine."""
    own = _own_files(folder)
    known = {path.resolve() for path in own}
    return own + [path for path in engine_files() if folder == DATA and path not in known]


def _own_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.yml"))


def read_examples(folder: Path = DATA) -> Iterator[Example]:
    """All examples of all intents, with the names of the article's roles.

    While the content has faults no names are known, and examples that need some are left out.
    """
    try:
        roles = load().roles
    except ContentError:
        roles = {}
    for path in training_files(folder):
        for block in read_blocks(path):
            if "intent" in block:
                for place, text in enumerate(block_lines(block)):
                    filled = of_roles(_ANNOTATION.sub(r"\1", text), roles, place)
                    if filled is not None:
                        yield Example(filled, block["intent"], path)


def block_lines(block: dict[str, Any]) -> list[str]:
    """The wordings of one block."""
    lines = str(block.get("examples") or "").splitlines()
    return [line[len(_MARK) :].strip() for line in lines if line.startswith(_MARK)]


def home_of(intent: str, folder: Path = DATA) -> Path:
    """The file that holds an intent's examples, or that should: the engine's are no article's."""
    for path in _own_files(folder):
        if any(block.get("intent") == intent for block in read_blocks(path)):
            return path
    is_gap = intent.startswith("gap_") or intent == "out_of_scope"
    return folder / ("gaps" if is_gap else "topics") / f"{intent}.yml"


def unwritable(text: str) -> str | None:
    """Why a wording cannot be an example of Rasa's training format; None if it can."""
    if len(text) > 300:
        return "it is longer than 300 characters"
    if re.search(r"[\[\]{}]", text):
        return "brackets and braces are annotations in Rasa's format"
    if text.startswith("/"):
        return "a leading slash is a payload, not a wording"
    return None if re.search(r"\w", text) else "it has no words"


def add_examples(path: Path, intent: str, wordings: Iterable[str]) -> None:
    """Adds wordings to an intent's block, shortest first among those that are there.

    The rest of the file stays as it is, byte for byte; the file is replaced in one step.

    Raises:
        CommandError: if the file's form is not the one expected; it is then left as it was.
    """
    new = [" ".join(text.split()) for text in wordings]
    before = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    lines = before.splitlines(keepends=True)
    lines[-1:] = [lines[-1].rstrip("\n") + "\n"]
    start, stop, indent = _block(lines, intent)
    if not start:
        lines += ["\n"] if len(lines) > 3 else []
        lines += [f"- intent: {intent}\n", "  examples: |\n"]
        start = stop = len(lines)
    for text in sorted(new, key=len):
        lengths = [len(line.strip()) - len(_MARK) for line in lines[start:stop]]
        place = start + bisect_right(sorted(lengths), len(text))
        lines.insert(place, f"{indent}{_MARK}{text}\n")
        stop += 1
    after = "".join(lines)
    _check(path, before, after, intent, new)
    write_all({path: after})


def _block(lines: list[str], intent: str) -> tuple[int, int, str]:
    """First and behind-last line of an intent's examples, and their indent; 0 if there are none."""
    heading = re.compile(rf"^- intent:\s*{re.escape(intent)}\s*$")
    found = next((i for i, line in enumerate(lines) if heading.match(line)), None)
    if found is None:
        return 0, 0, "    "
    start = next(
        (i + 1 for i in range(found, len(lines)) if re.match(r"\s+examples: \|", lines[i])), 0
    )
    stop = start
    while start and stop < len(lines) and re.match(rf"\s+{_MARK}", lines[stop]):
        stop += 1
    first = lines[start] if start < stop else "    "
    return start, stop, first[: len(first) - len(first.lstrip(" "))] or "    "


def _check(path: Path, before: str, after: str, intent: str, new: list[str]) -> None:
    wanted = _examples_of(before).get(intent, []) + new
    try:
        found = _examples_of(after).get(intent, [])
    except yaml.YAMLError:
        found = []
    if sorted(found) != sorted(wanted):
        raise CommandError(f"{path} has a form that cannot be added to; add by hand to {intent!r}")


def _examples_of(text: str) -> dict[str, list[str]]:
    blocks = (yaml.safe_load(text) or {}).get("nlu") or []
    found: dict[str, list[str]] = {}
    for block in blocks:
        if "intent" in block:
            found.setdefault(block["intent"], []).extend(block_lines(block))
    return found
