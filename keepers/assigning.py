"""Makes visitors' wordings examples of a topic, and keeps what was decided on them."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase
from typing import TypeVar

from keepers.copies import Copies
from keepers.decisions import HELD_OUT, KNOWN, NOISE, Decisions
from keepers.masking import Masker, is_masked
from keepers.nlu_files import Example, add_examples, home_of, unwritable
from tools.console import CommandError, ask, wrapped

T = TypeVar("T")


class Assigner:
    """Assigns masked wordings, and writes down each decision before the next.

    Args:
        copies: knows what is in the training data and in the hold-out.
        decisions: what was decided before.
        masker: tells what still looks personal.
    """

    def __init__(self, copies: Copies, decisions: Decisions, masker: Masker) -> None:
        self._copies = copies
        self._decisions = decisions
        self._masker = masker
        self.added = 0

    def noise(self, texts: Sequence[str]) -> None:
        """Never to be shown again."""
        self._decisions.keep(dict.fromkeys(texts, NOISE))

    def assign(self, topic: str, texts: Sequence[str]) -> bool:
        """Makes wordings examples of a topic or gap; whether anything was decided on them."""
        decided, new = {}, []
        path = home_of(topic)
        for text in texts:
            decision = self._judge(text, topic)
            if decision is None:
                continue
            decided[text] = decision
            if decision == topic:
                new.append(text)
                self._copies.learn(Example(text, topic, path))
        # The examples first: ended in between, the next review finds them there and goes on.
        if new:
            add_examples(path, topic, new)
            self.added += len(new)
            print(wrapped(f"{len(new)} added to {path}", "  ", "  "))
        self._decisions.keep(decided)
        return bool(decided)

    def _judge(self, text: str, topic: str) -> str | None:
        """The topic if a wording can be its example, else why not; None to leave it for later."""
        known = self._copies.in_training(text)
        if known is not None:
            _refuse(text, f"{known.intent} has it already: {known.text}")
            return KNOWN
        if self._copies.in_holdout(text):
            _refuse(text, "it is too near to a question of the hold-out")
            return HELD_OUT
        reason = "personal data is masked in it" if is_masked(text) else unwritable(text)
        if reason:
            _refuse(text, f"{reason}; word it anew by hand")
            return NOISE
        doubts = self._masker.doubts(text)
        if doubts and not _is_meant(text, doubts):
            _refuse(text, "it may be personal; word it anew, or skip it")
            return None
        return topic


def _is_meant(text: str, doubts: Sequence[str]) -> bool:
    """Whether the keeper has looked at what seems personal, and says that it is not."""
    print(wrapped(f"Personal? {', '.join(doubts)} in: {text}", "    ", "  "))
    return ask("write it all the same? y/n > ").lower() in ("y", "yes")


def _refuse(text: str, reason: str) -> None:
    print(wrapped(f"not added: {text} ({reason})", "    ", "  "))


def lettered(items: Sequence[T], letters: str) -> list[T]:
    """The items that are named by their letters, a the first; all of them if none is named.

    Raises:
        CommandError: for a letter that none has.
    """
    places = [ascii_lowercase.find(each) for each in dict.fromkeys(letters.replace(" ", ""))]
    if any(not 0 <= place < len(items) for place in places):
        raise CommandError(f"the letters go from a to {ascii_lowercase[len(items) - 1]}")
    return [items[place] for place in places] or list(items)


def commands(doc: str | None) -> str:
    """What can be typed, as a review's module explains it below its first line."""
    return str(doc).partition("\n\n")[2].rstrip()
