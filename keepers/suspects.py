"""Finds the turns that were perhaps answered wrongly, the likeliest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from keepers.repeats import ALIKE, similarities
from keepers.signs import (
    AGAIN,
    DOWN,
    LAST,
    SAMPLE,
    SIGNS,
    WRONG,
    complains,
    doubt_after,
    doubt_itself,
    is_question,
    own_signs,
)
from keepers.turns import Turn
from reading.encoder import SentenceEncoder
from tools.console import CommandError, Progress

# Of the queue every so-manieth is of the random sample: what nobody suspects is looked at too.
_SAMPLE_EVERY = 10
_JUDGED = 6


@dataclass
class Suspect:
    """A question with its reply, and what speaks for its being wrong.

    Of what the model made of it only the likeliest is kept: there may be very many questions.
    """

    turn: Turn
    signs: list[str]
    itself: float

    @classmethod
    def of(cls, turn: Turn) -> Suspect:
        """A question with the signs that it shows by itself."""
        reading = replace(turn.found.reading, judged=turn.found.reading.judged[:_JUDGED])
        found = replace(turn.found, reading=reading, ranking=(), parts=())
        return cls(replace(turn, found=found), own_signs(turn), doubt_itself(turn))

    @property
    def doubt(self) -> float:
        """How likely the reply was wrong."""
        return doubt_after(self.itself, self.signs)


class Watch:
    """Looks at turns as they come, those of one conversation in their order.

    `suspects` has every question that was typed, with its signs: all but `AGAIN`, for which texts
    have to be compared (`mark_repeats`).
    """

    def __init__(self) -> None:
        self.suspects: list[Suspect] = []
        self._conversations: dict[int, list[Suspect]] = {}
        self._last: dict[int, Suspect | None] = {}
        self._pairs: list[tuple[Suspect, Suspect]] = []

    def watch(self, turns: Iterable[Turn]) -> Watch:
        """Looks at all of them; returns itself."""
        for turn in turns:
            self.add(turn)
        self._mark_ends()
        return self

    def add(self, turn: Turn) -> None:
        """Looks at one."""
        if turn.is_thumb:
            self._mark_thumb(turn)
            return
        before = self._last.get(turn.conversation)
        if before is not None and complains(turn):
            _mark(before, WRONG)
        suspect = None
        if is_question(turn):
            suspect = Suspect.of(turn)
            self.suspects.append(suspect)
            self._conversations.setdefault(turn.conversation, []).append(suspect)
            if before is not None and before.turn.plain and turn.plain:
                self._pairs.append((before, suspect))
        self._last[turn.conversation] = suspect

    def _mark_thumb(self, thumb: Turn) -> None:
        """Marks the last reply that told what the thumb judges; else the last reply."""
        verdict, key = thumb.feedback or ("", "")
        asked = self._conversations.get(thumb.conversation, [])
        if verdict != "bad" or not asked:
            return
        judged = [each for each in asked if key and key in each.turn.told]
        _mark((judged or asked)[-1], DOWN)

    def _mark_ends(self) -> None:
        for suspect in self._last.values():
            if suspect is not None:
                _mark(suspect, LAST)

    def mark_repeats(self, encoder: SentenceEncoder, progress: Progress) -> None:
        """Marks the questions that were put again in other words right after."""
        texts = [(a.turn.plain, b.turn.plain) for a, b in self._pairs]
        likeness = similarities(texts, encoder, progress)
        for (first, second), score in zip(self._pairs, likeness, strict=True):
            differs = first.turn.plain.lower() != second.turn.plain.lower()
            if score >= ALIKE and differs:
                _mark(first, AGAIN)


def _mark(suspect: Suspect, sign: str) -> None:
    if sign not in suspect.signs:
        suspect.signs.append(sign)


def read_signs(names: str) -> list[str]:
    """Names of signs as typed, "down,wrong".

    Raises:
        CommandError: for one that does not exist.
    """
    found = [each.strip() for each in names.split(",") if each.strip()]
    unknown = [each for each in found if each not in SIGNS]
    if unknown:
        raise CommandError(
            f"ONLY={names}: there is no {unknown[0]!r}; there are {', '.join(SIGNS)}"
        )
    return found


def queue(suspects: Sequence[Suspect], only: Collection[str] = ()) -> list[Suspect]:
    """What is to be looked at, in order: the likeliest wrong first, and the sample among them.

    Args:
        suspects: all questions.
        only: signs of which each must have one; by default no matter which it has, if any.
    """
    shown = [each for each in suspects if not only or set(only) & set(each.signs)]
    ranked = sorted(shown, key=lambda each: (-each.doubt, each.turn.time))
    if only:
        return ranked
    sampled = [each for each in ranked if SAMPLE in each.signs]
    return list(_mixed([each for each in ranked if SAMPLE not in each.signs], sampled))


def _mixed(ranked: Sequence[Suspect], sampled: Sequence[Suspect]) -> Iterator[Suspect]:
    """The ranked ones, with one of the sample at every tenth place."""
    by_chance = iter(sorted(sampled, key=lambda each: each.turn.time))
    for place, suspect in enumerate(ranked, 1):
        yield suspect
        if place % (_SAMPLE_EVERY - 1) == 0:
            yield from (each for each in [next(by_chance, None)] if each is not None)
    yield from by_chance
