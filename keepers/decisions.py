"""Remembers what was decided on visitors' questions, without keeping the questions.

The file is committed: a decision belongs to the training data that it changed, and neither a
second keeper nor a fresh clone should be asked again. It holds digests of masked questions, so
nothing that a visitor wrote goes into the repository with it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from content.files import write_all
from nlu.text import words
from tools.console import CommandError

STATE = Path("keepers/reviewed.jsonl")
NOISE, KNOWN, HELD_OUT = "noise", "known", "held_out"


class Decisions:
    """Decisions by question, kept in a file that is replaced as a whole with each one.

    Args:
        path: where they are kept.

    Raises:
        CommandError: if the file cannot be read.
    """

    def __init__(self, path: Path = STATE) -> None:
        self._path = path
        self._lines: dict[str, str] = {}
        if path.exists():
            self._read()

    def _read(self) -> None:
        for number, line in enumerate(self._path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                self._lines[json.loads(line)["question"]] = line
            except (ValueError, KeyError, TypeError) as error:
                raise CommandError(f"{self._path}:{number}: not a decision: {line[:60]}") from error

    def __contains__(self, question: str) -> bool:
        return _digest(question) in self._lines

    def __len__(self) -> int:
        return len(self._lines)

    def keep(self, decided: dict[str, str]) -> None:
        """Keeps decisions (a topic's id, or one of the words above) by masked question."""
        today = date.today().isoformat()
        for question, decision in decided.items():
            key = _digest(question)
            fields = {"question": key, "decision": decision, "day": today}
            self._lines[key] = json.dumps(fields)
        # In order of the digests, so that the work of two keepers merges line by line.
        text = "".join(f"{self._lines[key]}\n" for key in sorted(self._lines))
        write_all({self._path: text})


def _digest(question: str) -> str:
    return hashlib.sha256(" ".join(words(question)).encode()).hexdigest()[:20]


@contextlib.contextmanager
def alone(path: Path = Path(".run/review.lock")) -> Iterator[None]:
    """Keeps a second review of this folder out; the system lets go of it however this one ends.

    Raises:
        CommandError: if one is running.
    """
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError("another review is running in this folder") from None
        yield
