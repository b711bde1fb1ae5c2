"""Counts what conversations tell, one turn after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from content.loader import Content
from keepers.repeats import Repeats
from keepers.signs import WRONG, complains, is_question, own_signs
from keepers.turns import ANSWER, CLARIFY, GAP, Turn

UNKNOWN = "?"
#: Of a refusal that names no gap: the article does not say, and nobody foresaw the question.
UNNAMED = "unnamed"
OUT_OF_SCOPE = "out_of_scope"
_SECONDS_OF_A_DAY = 86_400


@dataclass(slots=True)
class Question:
    """A question that had no answer and no gap of its own, and how often it was put.

    Attributes:
        text: as first typed, not masked.
        plain: as the model read it, in small letters.
        near: topics that came nearest.
        count: how often it was asked, spelling and capitals aside.
    """

    text: str
    plain: str
    near: tuple[str, ...]
    count: int = 0


@dataclass(frozen=True, slots=True)
class Last:
    """Where a conversation stands: the kind of its last reply, and the topic told last."""

    kind: str
    topic: str


@dataclass
class Figures:
    """All counts of a report.

    Keys of answers are subjects ("skills/some_role", "demand"), those of `days` count from 1970.
    `signs` are of `questions`, what was asked in words.
    """

    repeats: Repeats
    turns: int = 0
    typed: int = 0
    first: float = 0.0
    last: float = 0.0
    days: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    good: Counter[str] = field(default_factory=Counter)
    bad: Counter[str] = field(default_factory=Counter)
    versions: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    unsure: dict[str, Question] = field(default_factory=dict)
    unanswered: dict[str, Question] = field(default_factory=dict)
    questions: int = 0
    signs: Counter[str] = field(default_factory=Counter)
    _asked: dict[int, bool] = field(default_factory=dict)
    ends: dict[int, Last] = field(default_factory=dict)

    @property
    def conversations(self) -> int:
        """How many conversations had a turn in the period."""
        return len(self.ends)

    @property
    def drop_offs(self) -> Counter[tuple[str, str]]:
        """How many conversations ended on each kind of reply and last topic."""
        return Counter((last.kind, last.topic) for last in self.ends.values())

    def add(self, turn: Turn) -> None:
        """Counts one turn; those of one conversation in their order.

        A thumb is about the turn before it and none of its own.
        """
        if turn.feedback:
            self._count_feedback(turn, *turn.feedback)
        if turn.is_thumb:
            return
        self.turns += 1
        self.typed += not turn.pressed
        self.first = min(self.first or turn.time, turn.time)
        self.last = max(self.last, turn.time)
        self.days[int(turn.time // _SECONDS_OF_A_DAY)] += 1
        self.kinds[turn.kind] += 1
        self.verdicts[turn.verdict] += 1
        self.repeats.add(turn)
        self._count_told(turn)
        self._count_open(turn)
        self._count_signs(turn)
        by_version = self._version_of(turn)
        by_version[turn.kind] += 1
        by_version["turns"] += 1
        before = self.ends.get(turn.conversation)
        topic = turn.told[-1].partition("/")[0] if turn.told else before.topic if before else ""
        self.ends[turn.conversation] = Last(turn.kind, topic)

    @property
    def left_after(self) -> int:
        """How many conversations ended with a question and its reply."""
        return sum(self._asked.values())

    def _count_signs(self, turn: Turn) -> None:
        """Counts the signs of a wrong reply, but for thumbs and repetitions (see `Watch`)."""
        if complains(turn) and self._asked.get(turn.conversation):
            self.signs[WRONG] += 1
        self.signs.update(own_signs(turn))
        self._asked[turn.conversation] = is_question(turn)
        self.questions += is_question(turn)

    def _count_feedback(self, turn: Turn, verdict: str, answer: str) -> None:
        (self.good if verdict == "good" else self.bad)[answer or UNKNOWN] += 1
        self._version_of(turn)[verdict] += 1

    def _version_of(self, turn: Turn) -> Counter[str]:
        return self.versions.setdefault((turn.content, turn.model), Counter())

    def _count_told(self, turn: Turn) -> None:
        if turn.kind == GAP:
            self.gaps.update(turn.told[:1] or [UNNAMED])
        elif turn.kind == ANSWER:
            self.answers.update(turn.told)
            self.topics.update({key.partition("/")[0] for key in turn.told})

    def _count_open(self, turn: Turn) -> None:
        if turn.pressed:
            return
        if turn.kind == CLARIFY:
            _note(self.unsure, turn)
        elif turn.kind == GAP and turn.told[:1] in ((), (OUT_OF_SCOPE,)):
            _note(self.unanswered, turn)


def _note(questions: dict[str, Question], turn: Turn) -> None:
    key = (turn.plain or turn.text).lower()
    questions.setdefault(key, Question(turn.text, key, turn.near)).count += 1


def most_asked(questions: dict[str, Question], most: int) -> list[Question]:
    """The questions put most often, first those put first where it is equal."""
    return sorted(questions.values(), key=lambda question: -question.count)[:most]


def subject_keys(content: Content) -> list[str]:
    """Every answer there is, by its key: each role's, all roles' side by side, topics, gaps."""
    keys = []
    for topic in content.topics:
        roles = content.roles if content.is_grid(topic) else ()
        keys += [f"{topic}/{role}" for role in roles] + [topic]
    return [*keys, *content.gaps]


def never_told(content: Content, figures: Figures) -> list[str]:
    """Keys of the answers that nobody was given, gaps included."""
    told = set(figures.answers) | set(figures.gaps)
    return [key for key in subject_keys(content) if key not in told]


def count(turns: Iterable[Turn], repeats: Repeats) -> Figures:
    """The figures of all turns."""
    figures = Figures(repeats)
    for turn in turns:
        figures.add(turn)
    return figures
