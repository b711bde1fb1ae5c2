"""Tells whether a wording is all but the same as one of the training data or of the hold-out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from rapidfuzz import fuzz, process

from keepers.nlu_files import Example

HOLDOUT = Path("tests/nlu/holdout")
# Of rapidfuzz's 100. The hold-out's own test (tests/nlu/test_holdout.py) draws its line at 93.
_ALIKE = 90


def _plain(text: str) -> str:
    return re.sub(r"[^\w ]", "", text.lower()).strip()


class Copies:
    """Knows the training data and the hold-out; of the latter it never shows a word.

    Args:
        examples: of the training data.
        holdout: folder of the hold-out.
    """

    def __init__(self, examples: Iterable[Example], holdout: Path = HOLDOUT) -> None:
        self._training = {_plain(each.text): each for each in examples}
        self._holdout = [
            _plain(json.loads(line)["text"])
            for path in sorted(holdout.glob("*.jsonl"))
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.strip()
        ]

    def in_training(self, text: str) -> Example | None:
        """The training example that a wording is a copy of."""
        found = process.extractOne(
            _plain(text), self._training.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE
        )
        return self._training[found[0]] if found else None

    def in_holdout(self, text: str) -> bool:
        """Whether a wording is a copy of one of the hold-out."""
        plain = _plain(text)
        found = process.extractOne(plain, self._holdout, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return found is not None

    def learn(self, example: Example) -> None:
        """Takes a new example into account."""
        self._training[_plain(example.text)] = example
