"""Finds questions that a visitor asked again in other words: the reply was not what was wanted."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from keepers.turns import ANSWER, QUESTIONS, Turn
from reading.encoder import SentenceEncoder
from tools.console import Progress

# Pairs whose meaning is compared; more than that are sampled, as each text takes milliseconds.
MOST_PAIRS = 1_000
# Similarity from which two questions count as the same: of pairs of training questions on two
# topics 0.8 % reach it, of those on one topic, put by people who do not know each other, 6 %.
ALIKE = 0.6
_TEXTS_AT_ONCE = 256
_SEED = 1


class Pair(NamedTuple):
    """Two questions of one visitor, one right after the other.

    Attributes:
        first, second: as typed.
        kind: of the reply to the first.
        topic: what the reply to the first told; empty if it asked back.
        plain: both as the model read them.
    """

    first: str
    second: str
    kind: str
    topic: str
    plain: tuple[str, str]


@dataclass
class Repeats:
    """Collects the pairs that may be repetitions: nothing else needs to be encoded.

    A pair qualifies when the first question was not answered, or both were told the same topic.
    At most `most` pairs are kept, each of all seen as likely as any other.
    """

    most: int = MOST_PAIRS
    seen: int = 0
    pairs: list[Pair] = field(default_factory=list)
    _last: dict[int, tuple[str, str, str, tuple[str, ...]]] = field(default_factory=dict)
    _chance: random.Random = field(default_factory=lambda: random.Random(_SEED))  # noqa: S311

    def add(self, turn: Turn) -> None:
        """Looks at one turn; those of one conversation in their order."""
        before = self._last.pop(turn.conversation, None)
        if turn.pressed or turn.kind not in QUESTIONS or not turn.plain:
            return
        self._last[turn.conversation] = (turn.text, turn.plain, turn.kind, turn.told)
        if before is None:
            return
        text, plain, kind, told = before
        same = kind != ANSWER or bool(_topics(told) & _topics(turn.told))
        if same and plain.lower() != turn.plain.lower():
            topic = told[0].partition("/")[0] if told else ""
            self._keep(Pair(text, turn.text, kind, topic, (plain, turn.plain)))

    def _keep(self, pair: Pair) -> None:
        self.seen += 1
        if len(self.pairs) < self.most:
            self.pairs.append(pair)
            return
        place = self._chance.randrange(self.seen)  # reservoir sampling (Vitter 1985, algorithm R)
        if place < self.most:
            self.pairs[place] = pair


def _topics(keys: Sequence[str]) -> set[str]:
    return {key.partition("/")[0] for key in keys}


def asked_again(pairs: Sequence[Pair], encoder: SentenceEncoder, progress: Progress) -> list[Pair]:
    """The pairs whose questions mean the same, the most alike first."""
    likeness = similarities([pair.plain for pair in pairs], encoder, progress)
    scored = [(score, place) for place, score in enumerate(likeness)]
    return [pairs[place] for score, place in sorted(scored, reverse=True) if score >= ALIKE]


def similarities(
    pairs: Sequence[tuple[str, str]], encoder: SentenceEncoder, progress: Progress
) -> list[float]:
    """How alike the two texts of each pair are."""
    texts = sorted({text for pair in pairs for text in pair}, key=lambda text: len(text))
    vectors: dict[str, np.ndarray] = {}
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        batch = texts[start : start + _TEXTS_AT_ONCE]
        vectors.update(zip(batch, encoder.encode_batch(batch), strict=True))
        progress.at(start, len(texts))
    progress.end()
    return [float(vectors[a] @ vectors[b]) for a, b in pairs]
