"""What the NLU pipeline found in a message, without its text: nothing from here on sees a word."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

YES, NO, PARTLY, ANSWERED, NOT_STATED, NONE = (
    "yes",
    "no",
    "partly",
    "answered",
    "not_stated",
    "none",
)
SETTLED = (YES, NO, PARTLY, ANSWERED)
ANSWER, REFUSE, FOREIGN = "answer", "refuse", "foreign"
#: The one form of an answer that is decided on and told in a way of its own.
TABLE = "table"
#: Place that means all of what was offered or told.
ALL = "all"
# Share of the best statement's score below which another one only dilutes the answer; where that
# speaks to a claim, it may well explain the first.
_LESS, _LESS_OF_A_CLAIM = 0.85, 0.7


@dataclass(frozen=True)
class Judged:
    """What a statement is to a message: probabilities."""

    id: str
    answers: float = 0.0
    confirms: float = 0.0
    denies: float = 0.0
    near: float = 0.0

    @property
    def settles(self) -> float:
        """How likely it settles what was said, one way or the other."""
        return max(self.answers, self.confirms, self.denies)

    @property
    def decides(self) -> float:
        """How likely it says yes or no to it."""
        return self.confirms + self.denies

    @property
    def applies(self) -> float:
        """How likely it has anything to do with it."""
        return self.answers + self.confirms + self.denies + self.near


@dataclass(frozen=True)
class Reading:
    """What the statement reader made of a message (see `reading.reader.Reading`).

    `alone` is what the statements are to a message that asks for a source, by itself.
    """

    acts: Mapping[str, float] = field(default_factory=dict)
    verdict: str = NONE
    leaning: str = NONE
    confidence: float = 0.0
    statements: tuple[str, ...] = ()
    judged: tuple[Judged, ...] = ()
    alone: tuple[Judged, ...] = ()
    which: float = 0.0

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> Reading:
        """What the pipeline wrote, as JSON has it."""
        return cls(
            acts={str(act): float(value) for act, value in (found.get("acts") or {}).items()},
            verdict=str(found.get("verdict") or NONE),
            leaning=str(found.get("leaning") or found.get("verdict") or NONE),
            confidence=float(found.get("confidence") or 0),
            statements=tuple(found.get("statements") or ()),
            judged=_judged(found.get("judged") or ()),
            alone=_judged(found.get("alone") or ()),
            which=float(found.get("which") or 0),
        )

    @property
    def is_settled(self) -> bool:
        """Whether there are statements that answer or decide what was said."""
        return self.verdict in SETTLED and bool(self.statements)

    @property
    def strength(self) -> float:
        """How sure it is that anything settles what was said; 0 where nothing does."""
        return max((each.settles for each in self.judged), default=1.0) if self.is_settled else 0.0

    @property
    def nearness(self) -> float:
        """How likely the nearest statement has anything to do with what was said."""
        return max((each.applies for each in self.judged), default=0.0)

    def known(self, statements: Mapping[str, Any]) -> Reading:
        """The reading without statements that an editor has taken out since."""
        return replace(
            self,
            statements=tuple(each for each in self.statements if each in statements),
            judged=tuple(each for each in self.judged if each.id in statements),
            alone=tuple(each for each in self.alone if each.id in statements),
        )

    def carrying(self) -> tuple[str, ...]:
        """The statements to tell, best first: none that is much less sure than the best one.

        Where a part is true and a part is false, the best of each comes first.
        """
        scores = {each.id: each for each in self.judged}
        listed = [each for each in self.statements if each in scores]
        if not listed:
            return self.statements
        best = max(scores[each].settles for each in listed)
        less = _LESS if self.leaning == ANSWERED else _LESS_OF_A_CLAIM
        kept = [each for each in listed if scores[each].settles >= less * best]
        if self.verdict != PARTLY:
            return tuple(kept)
        first = [max(listed, key=lambda each: scores[each].confirms)]
        first.append(max(listed, key=lambda each: scores[each].denies))
        return tuple(dict.fromkeys([*first, *kept]))


@dataclass(frozen=True)
class Wanted:
    """The form in which an answer is wanted.

    Attributes:
        form: bullets, numbered, table, sentence, words, ... (see `reading.articles.FORMS`).
        points: how many points or sentences.
        words: how many words, of a list in each point.
    """

    form: str | None = None
    points: int | None = None
    words: int | None = None

    def __bool__(self) -> bool:
        return self.form is not None


@dataclass(frozen=True)
class Understanding:
    """All that is known of a message.

    Attributes:
        intent: what the classifier took it for.
        outcome: what it decided: to answer, to refuse, to ask back (see nlu/outcome.py).
        reason: why it could not read the message, if it could not.
        sure: how sure the classifier is of the intent.
        refused: probability that the article has no answer.
        ranking: answerable intents with their confidence, likeliest first.
        roles: values of the role entities.
        options: choices of the guided form that a button stands for.
        answers: keys of answers that a thumb judges.
        reading: what the statement reader made of it.
        parts: the same of each question, where the message joins several.
        wanted: the form that it asks for.
        places: what it points to by place: 0-based, -1 for the last, or "all".
        is_pressed: whether it is a button's payload, which nobody had to understand.
    """

    intent: str = ""
    outcome: str = ""
    reason: str = ""
    sure: float = 1.0
    refused: float = 0.0
    ranking: tuple[tuple[str, float], ...] = ()
    roles: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    reading: Reading = field(default_factory=Reading)
    parts: tuple[Understanding, ...] = ()
    wanted: Wanted = field(default_factory=Wanted)
    places: tuple[int | str, ...] = ()
    is_pressed: bool = False

    @classmethod
    def from_message(cls, message: Mapping[str, Any]) -> Understanding:
        """Reads a tracker's latest message, whatever of it there is."""
        classified = message.get("understanding") or {}
        wanted = message.get("wanted") or {}
        entities = message.get("entities") or []
        ranking = tuple(
            (str(each["name"]), float(each["confidence"]))
            for each in message.get("intent_ranking") or []
        )
        intent = str((message.get("intent") or {}).get("name") or "")
        return cls(
            intent=intent,
            outcome=str(classified.get("outcome") or ""),
            reason=str(classified.get("reason") or ""),
            sure=float((message.get("intent") or {}).get("confidence") or 1.0),
            refused=_probability(classified),
            ranking=ranking,
            roles=_values(entities, "role"),
            options=_values(entities, "option"),
            answers=_values(entities, "answer"),
            reading=Reading.from_dict(message.get("reading") or {}),
            parts=tuple(map(_part, message.get("parts") or [])),
            wanted=Wanted(wanted.get("form"), wanted.get("points"), wanted.get("words")),
            places=tuple(message.get("places") or ()),
            is_pressed=bool(intent) and not classified,
        )

    def confidence(self, intent: str) -> float:
        """How likely an intent is among those that can be answered."""
        return dict(self.ranking).get(intent, 0.0)


def _judged(found: Sequence[Mapping[str, Any]]) -> tuple[Judged, ...]:
    names = Judged.__dataclass_fields__
    return tuple(Judged(**{name: each[name] for name in names if name in each}) for each in found)


def _probability(classified: Mapping[str, Any]) -> float:
    """The refusal's log-odds as a probability."""
    odds = classified.get("refusal")
    if odds is None:
        return 1.0 if classified.get("outcome") == REFUSE else 0.0
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, float(odds)))))


def _values(entities: Sequence[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    return tuple(str(each["value"]) for each in entities if each.get("entity") == name)


def _part(part: Mapping[str, Any]) -> Understanding:
    """One of several joined questions; the classifier names an intent only where it is sure."""
    intent = str(part.get("intent") or "")
    return Understanding(
        intent=intent,
        outcome=ANSWER if intent else "",
        ranking=((intent, 1.0),) if intent else (),
        roles=tuple(part.get("roles") or ()),
        reading=Reading.from_dict(part.get("reading") or {}),
    )
