"""Keeps what keepers judged of replies: right, partly or wrong, and why, without the words.

The file is committed, as that of the decisions is. Question and reply are kept as one digest: the
same question with the same reply is judged once, and again when something else is replied.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from typing import TypeVar

from content.files import write_all
from keepers.turns import Turn
from nlu.text import words
from tools.console import CommandError

K = TypeVar("K")
JUDGED = Path("keepers/judged.jsonl")
RIGHT, PARTLY, WRONG = "right", "partly", "wrong"
GRADES = (RIGHT, PARTLY, WRONG)
#: Why a reply is not right, by the letter to type. Only these are kept: no keeper's words either.
REASONS = {
    "t": "topic",  # told something else than was asked
    "v": "verdict",  # said yes for no, or neither though it could be told
    "o": "open",  # refused what the article tells
    "g": "guess",  # told what the article leaves open
    "c": "context",  # lost what was spoken of
    "f": "form",  # right, and not in the form asked for
    "u": "unnatural",  # right, and oddly said
}


@dataclass(frozen=True)
class Judgement:
    """What somebody judged of a reply.

    Attributes:
        turn: digest of question and reply.
        grade: one of `GRADES`.
        reason: one of `REASONS`; empty where none was given.
        asked: day on which it was asked.
        content: version of the content that spoke.
        model: id of the model that understood.
        signs: that it had.
        day: of the judgement.
    """

    turn: str
    grade: str
    reason: str
    asked: str
    content: str
    model: str
    signs: tuple[str, ...]
    day: str

    @property
    def month(self) -> str:
        """Month in which it was asked."""
        return self.asked[:7]


def digest_of(turn: Turn, masked: str) -> str:
    """Names a question with its reply, without a word of either."""
    told = [turn.kind, turn.verdict, *turn.told, *turn.statements]
    plain = " ".join(words(masked))
    return hashlib.sha256("\n".join([plain, *told]).encode()).hexdigest()[:20]


def judgement_of(
    turn: Turn, digest: str, grade: str, reason: str, signs: Iterable[str]
) -> Judgement:
    """A judgement made today; `digest` is the turn's, by the words in which it was shown."""
    return Judgement(
        turn=digest,
        grade=grade,
        reason=reason,
        asked=datetime.fromtimestamp(turn.time, timezone.utc).date().isoformat(),
        content=turn.content,
        model=turn.model,
        signs=tuple(signs),
        day=date.today().isoformat(),
    )


class Judgements:
    """Judgements by turn, in a file that is replaced as a whole with each one.

    Args:
        path: where they are kept.

    Raises:
        CommandError: if the file cannot be read.
    """

    def __init__(self, path: Path = JUDGED) -> None:
        self._path = path
        self._kept: dict[str, Judgement] = {}
        if path.exists():
            self._read()

    def _read(self) -> None:
        for number, text in enumerate(self._path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                fields = json.loads(text)
                found = Judgement(**{**fields, "signs": tuple(fields["signs"])})
                if found.grade not in GRADES:
                    raise ValueError(found.grade)
            except (ValueError, KeyError, TypeError) as error:
                message = f"{self._path}:{number}: not a judgement: {text[:60]}"
                raise CommandError(message) from error
            self._kept[found.turn] = found

    def __contains__(self, turn: str) -> bool:
        return turn in self._kept

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[Judgement]:
        return iter(self._kept.values())

    def keep(self, judgement: Judgement) -> None:
        """Keeps one."""
        self._kept[judgement.turn] = judgement
        self._write()

    def take_back(self, turn: str) -> None:
        """Forgets what was judged of a turn."""
        self._kept.pop(turn, None)
        self._write()

    def _write(self) -> None:
        # In order of the digests, so that the work of two keepers merges line by line.
        lines = (json.dumps(asdict(self._kept[key])) for key in sorted(self._kept))
        write_all({self._path: "".join(f"{each}\n" for each in lines)})

    def by_month(self) -> dict[str, Counter[str]]:
        """Counts of grades by month in which was asked, oldest first."""
        return _counted(
            (each.month, each.grade) for each in sorted(self, key=lambda one: one.asked)
        )

    def by_version(self) -> dict[tuple[str, str], Counter[str]]:
        """Counts of grades by content and model that spoke."""
        return _counted(((each.content, each.model), each.grade) for each in self)

    def reasons(self) -> Counter[str]:
        """How often each reason was given."""
        return Counter(each.reason for each in self if each.reason)


def _counted(pairs: Iterable[tuple[K, str]]) -> dict[K, Counter[str]]:
    found: dict[K, Counter[str]] = {}
    for key, grade in pairs:
        found.setdefault(key, Counter())[grade] += 1
    return found
