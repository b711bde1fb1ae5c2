"""Puts the hold-out's questions to a model and counts what becomes of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.model import Parse
from content.loader import Content, load
from dialogue.thread import Thread, resolve_role
from nlu.intent_model import is_open
from nlu.outcome import FALLBACK
from tools.console import CommandError

HOLDOUT = Path("tests/nlu/holdout")
OPEN_PREFIXES = ("gap_", "out_of_scope")
_GAP_PREFIX = "gap_"


@dataclass(frozen=True)
class Question:
    """One question of the hold-out.

    Attributes:
        text: as a visitor would type it.
        intent: what it should be understood as.
        phenomenon: what makes it hard (a typo, few words ...).
        roles: the roles it asks about; empty where that does not matter.
        near: of a question without an answer: whether it comes near the subject.
    """

    text: str
    intent: str
    phenomenon: str
    roles: tuple[str, ...] = ()
    near: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the source has no answer to it."""
        return is_open(self.intent, OPEN_PREFIXES)


@dataclass(frozen=True)
class Answer:
    """What became of a question.

    Attributes:
        question: what was asked.
        intent: what it was understood as.
        confidence: of that intent.
        ranking: answerable intents with their probability, likeliest first.
        refusal: log-odds that there is no answer; None where they did not decide.
        roles: the roles that it was taken to ask about.
    """

    question: Question
    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    refusal: float | None
    roles: tuple[str, ...]

    @property
    def named(self) -> bool:
        """Whether the intent is the very one expected."""
        return self.intent == self.question.intent

    @property
    def refused(self) -> bool:
        """Whether the assistant said that it has no answer."""
        return is_open(self.intent, OPEN_PREFIXES)

    @property
    def unsure(self) -> bool:
        """Whether the assistant asked back."""
        return self.intent == FALLBACK

    @property
    def right(self) -> bool:
        """Whether it was answered, or refused, as it should be."""
        return self.refused if self.question.is_open else self.named

    @property
    def role_right(self) -> bool:
        """Whether the roles are those expected; any are, where none are."""
        return not self.question.roles or set(self.roles) == set(self.question.roles)


def share(flags: Iterable[bool]) -> float | None:
    """How many of the flags are true; None where there are none."""
    values = list(flags)
    return sum(values) / len(values) if values else None


@dataclass(frozen=True)
class Result:
    """What became of all questions, and the figures that follow from it."""

    answers: tuple[Answer, ...]

    @property
    def in_scope(self) -> list[Answer]:
        """Of the questions that have an answer."""
        return [answer for answer in self.answers if not answer.question.is_open]

    def out_of_scope(self, near: bool) -> list[Answer]:
        """Of the questions without an answer, those near the subject or those far from it."""
        return [a for a in self.answers if a.question.is_open and a.question.near == near]

    @property
    def accuracy(self) -> float | None:
        """Share of the questions with an answer that get it."""
        return share(answer.right for answer in self.in_scope)

    def refused(self, near: bool) -> float | None:
        """Share of the near, or far, questions without an answer that are refused."""
        return share(answer.refused for answer in self.out_of_scope(near))

    @property
    def wrongly_refused(self) -> float | None:
        """Share of the questions with an answer that are refused."""
        return share(answer.refused for answer in self.in_scope)

    @property
    def wrongly_unsure(self) -> float | None:
        """Share of the questions with an answer at which the assistant asks back."""
        return share(answer.unsure for answer in self.in_scope)

    @property
    def gap_named(self) -> float | None:
        """Share of the questions about a known gap whose refusal names that gap."""
        return share(answer.named for answer in self.of_gaps)

    @property
    def with_roles(self) -> list[Answer]:
        """Of the questions that ask about certain roles."""
        return [answer for answer in self.answers if answer.question.roles]

    @property
    def role_accuracy(self) -> float | None:
        """Share of the questions about certain roles in which these were found."""
        return share(answer.role_right for answer in self.with_roles)

    @property
    def recall(self) -> dict[str, float]:
        """Share understood of each intent that has an answer, lowest first."""
        shares = {
            intent: sum(answer.right for answer in answers) / len(answers)
            for intent, answers in grouped(self.in_scope, "intent").items()
        }
        return dict(sorted(shares.items(), key=lambda item: item[1]))

    @property
    def confusions(self) -> list[tuple[tuple[str, str], int]]:
        """Pairs of expected and understood intents of all mistakes, most frequent first."""
        pairs = Counter((answer.question.intent, answer.intent) for answer in self.mistakes)
        return sorted(pairs.items(), key=lambda item: (-item[1], item[0]))

    @property
    def mistakes(self) -> list[Answer]:
        """What went wrong, the most confident mistakes first."""
        wrong = [answer for answer in self.answers if not answer.right]
        return sorted(wrong, key=lambda answer: -answer.confidence)

    @property
    def of_gaps(self) -> list[Answer]:
        """Of the questions about a known gap."""
        return [a for a in self.answers if a.question.intent.startswith(_GAP_PREFIX)]


def grouped(answers: Iterable[Answer], attribute: str) -> dict[str, list[Answer]]:
    """Answers by an attribute of their question, in order of its values."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(getattr(answer.question, attribute), []).append(answer)
    return dict(sorted(groups.items()))


def questions(folder: Path = HOLDOUT) -> list[Question]:
    """All questions of the hold-out.

    Raises:
        CommandError: if there are none, or a line is not a question.
    """
    found = [question for path in sorted(folder.glob("*.jsonl")) for question in _read(path)]
    if not found:
        raise CommandError(f"no questions (*.jsonl) in {folder}")
    return found


def _read(path: Path) -> Iterator[Question]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
            yield Question(
                text=fields["text"],
                intent=fields["intent"],
                phenomenon=fields["phenomenon"],
                roles=tuple(fields.get("roles", ())),
                near=bool(fields.get("near", False)),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{path}:{number}: not a question ({error!r})") from error


def evaluate(parse: Parse, asked: Sequence[Question] | None = None) -> Result:
    """Puts questions to a model.

    Args:
        parse: understands one text (Rasa's parse result).
        asked: the questions; all of the hold-out if not given.
    """
    content = load()
    asked = questions() if asked is None else asked
    return Result(tuple(_answer(content, question, parse(question.text)) for question in asked))


def _answer(content: Content, question: Question, parsed: dict[str, Any]) -> Answer:
    intent = parsed["intent"]
    return Answer(
        question=question,
        intent=intent["name"] or "",
        confidence=intent["confidence"],
        ranking=tuple((i["name"], i["confidence"]) for i in parsed.get("intent_ranking") or ()),
        refusal=(parsed.get("understanding") or {}).get("refusal"),
        roles=_roles(content, [e["value"] for e in parsed["entities"] if e["entity"] == "role"]),
    )


def _roles(content: Content, values: Sequence[str]) -> tuple[str, ...]:
    """The roles that would be answered for, were the message a conversation's first."""
    if not values:
        return ()
    role = resolve_role(content, Thread(), values)
    return tuple(content.roles) if role is None else (role,)
