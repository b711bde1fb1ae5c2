"""A message in its place in the conversation, and the acts that rows of the table make of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from content.loader import Content
from dialogue.acts import Act, Ask, Check
from dialogue.thread import BOTH, Subject, Thread, home, resolve_role
from dialogue.understanding import ANSWER, ANSWERED, NO, TABLE, YES, Reading, Understanding, Wanted

LEAST = 0.5  # probability of an act from which it is reckoned with
NEAR = 0.5  # of having to do with it, from which the nearest statement is told
_AS_NEAR = 0.85  # share of the nearest one's, from which another one is nearly as near
_CANDIDATES = 3
CLEAR = 0.7  # strength of a reading beside which courtesies do not count
CERTAIN = 0.9  # confidence beside which the reader counts less
#: Forms of an answer that hold many statements.
WIDE = (TABLE, "bullets", "numbered", "names")
# Of messages above this nine in ten ask which role, and two in three of those that do are above it.
_ASKS_WHICH = 0.8
_BRIEF = ("sentence", "words", "shorter")  # forms of an answer with room for one statement
_AS_SURE = 0.9  # share of the surest one's, from which another one is meant as likely
_CLAIMS = 0.75  # probability that a statement confirms or denies it, from which it is a claim
_OF_A_CLAIM = 2  # statements told to somebody who claims something


@dataclass(frozen=True)
class Turn:
    """A message in its place: what was found in it, the thread before it, and the content."""

    found: Understanding
    thread: Thread
    content: Content
    scores: Mapping[str, float]

    @property
    def reading(self) -> Reading:
        """What the reader made of it."""
        return self.found.reading

    @property
    def is_topic(self) -> bool:
        """Whether the classifier would answer it with a topic."""
        return self.found.outcome == ANSWER and self.found.intent in self.content.topics

    @property
    def asks_anew(self) -> bool:
        """Whether it has a question of its own besides what it does with the last answer."""
        return self.reading.is_settled and self.reading.acts.get("ask", 0) >= LEAST

    @property
    def hardly_asks(self) -> bool:
        """Whether it does nothing that is to be answered, as far as the reader can tell."""
        done = self.reading.acts
        return max(done.get("ask", 0), done.get("correct", 0), done.get("form", 0)) < LEAST

    @property
    def named_roles(self) -> set[str]:
        """The roles that the message names, by whatever word."""
        roles = set(self.content.roles)
        return roles if BOTH in self.found.roles else roles.intersection(self.found.roles)

    @property
    def named_role(self) -> str | None:
        """The one role that it names."""
        return next(iter(self.named_roles)) if len(self.named_roles) == 1 else None

    @property
    def role_meant(self) -> str | None:
        """The one role that it names, else the one spoken of, unless it asks which."""
        spoken_of = None if self.named_roles or self.asks_which else self.thread.role
        return self.named_role or spoken_of

    @property
    def asks_which(self) -> bool:
        """Whether it asks which of the roles something is, does or fits."""
        return self.reading.which >= _ASKS_WHICH

    @property
    def is_claim(self) -> bool:
        """Whether a yes or a no would settle it, whichever of both."""
        decided = max((each.decides for each in self.reading.judged), default=1.0)
        is_likely = self.reading.leaning in (YES, NO) and decided >= _CLAIMS
        return self.reading.verdict in (YES, NO) or is_likely

    def carrying(self) -> tuple[str, ...]:
        """Statements that settle it.

        A list or a table has room for those that are less sure, too.
        """
        if not self.reading.is_settled:
            return ()
        wide = self.found.wanted.form in WIDE
        carrying = self.reading.statements if wide else self.reading.carrying()
        if self.is_claim:
            return carrying[:_OF_A_CLAIM]
        return self._of_roles(carrying) if self.reading.verdict == ANSWERED else carrying

    def _of_roles(self, carrying: tuple[str, ...]) -> tuple[str, ...]:
        """Of an answer on one role, none on another; else, with room for one, one on all of them.

        The one role is that which it names, else the one spoken of, if something on that is meant
        as likely.
        """
        roles = {each: self.content.statements[each].role for each in carrying}
        if self.found.wanted.form in _BRIEF and len(self.named_roles) > 1:
            return tuple(sorted(carrying, key=lambda each: roles[each] is not None))
        role = self.role_meant
        if role is None or not (self.named_role or role in roles.values()):
            return carrying
        fitting = tuple(each for each in carrying if roles[each] in (None, role))
        is_meant = self.named_role or self._best(fitting) >= _AS_SURE * self._best(carrying)
        return fitting if fitting and is_meant else carrying

    def _best(self, statements: tuple[str, ...]) -> float:
        """How sure the best of some statements is."""
        settling = (each.settles for each in self.reading.judged if each.id in statements)
        return max(settling, default=0.0)

    @property
    def turns_to(self) -> str | None:
        """The one role that it names, where that was not the one spoken of."""
        return self.named_role if self.named_role != self.thread.role else None

    @property
    def moves_on(self) -> bool:
        """Whether it is clearly on something else than what was told just now."""
        told = [each.settles for each in self.reading.judged if each.id in self.thread.last]
        best = self.reading.strength
        return best >= CLEAR and max(told, default=0.0) < _AS_NEAR * best

    def fresh(self) -> tuple[str, ...]:
        """Those that were not told just now."""
        return tuple(each for each in self.carrying() if each not in self.thread.last)

    def answered_by(self, act: Act) -> tuple[str, ...]:
        """Statements that an act of asking is answered with."""
        if isinstance(act, Ask):
            return tuple(each.id for each in self.content.told_of(act.topic, act.role))
        return (*act.statements, *act.near) if isinstance(act, Check) else ()


class Row(NamedTuple):
    """A row of the table: what may decide, how, and why it stands where it stands."""

    name: str
    decide: Callable[[Turn], tuple[Act, ...]]
    reason: str


def ask(turn: Turn, topic: str) -> Ask:
    """The act that asks about a topic, of the role that is meant."""
    is_grid = turn.content.is_grid(topic)
    role = resolve_role(turn.content, turn.thread, turn.found.roles) if is_grid else None
    return Ask(topic, role, turn.found.wanted)


def check(turn: Turn, statements: tuple[str, ...], wanted: Wanted | None = None) -> Check:
    """The act that asks for statements."""
    intent = turn.found.intent
    of_topic = (topic for each in statements[:1] for topic, _ in turn.content.topics_of(each))
    topic = intent if intent in of_topic else None
    wanted = wanted or turn.found.wanted
    if wanted.form == TABLE and turn.found.confidence(intent) < CERTAIN:
        topic = None  # it may ask for rows of several topics
    which = side(turn, statements)
    return Check(turn.reading.verdict, statements, (), wanted, topic, turn.is_claim, which)


def side(turn: Turn, statements: tuple[str, ...]) -> str | None:
    """The role that statements speak for, where that is asked; None where there are several."""
    if not turn.asks_which or turn.is_claim or turn.reading.verdict != ANSWERED:
        return None
    roles = {turn.content.statements[each].role for each in statements}
    return next(iter(roles)) if len(roles) == 1 else None


def nearest(turn: Turn, least: float) -> tuple[str, ...]:
    """The nearest statement that is at least that near; rather on the role spoken of.

    One that was told just now gives way to another one that is nearly as near.
    """
    near = [each for each in turn.reading.judged if each.applies >= least]
    named = turn.named_roles or {str(turn.thread.role)}
    fitting = [each for each in near if turn.content.statements[each.id].role in (None, *named)]
    ranked = sorted(fitting or near, key=lambda each: -each.applies)
    fresh = [each for each in ranked if each.id not in turn.thread.last]
    best = [each for each in fresh if each.applies >= _AS_NEAR * ranked[0].applies] or ranked
    return tuple(each.id for each in best[:1])


def candidates(turn: Turn) -> tuple[tuple[str, str | None], ...]:
    """Subjects that a message may mean: those of what is near, then what the classifier ranks."""
    content, thread = turn.content, turn.thread
    likely = sorted(turn.reading.judged, key=lambda each: -each.applies)
    near = [home(content, [each.id]) for each in likely if each.applies >= NEAR]
    ranked = [Subject(n, ask(turn, n).role) for n, _ in turn.found.ranking if n in content.topics]
    last = content.topic(thread.topic or "")
    related = [Subject(name) for name in (last.related if last else ()) if name in content.topics]
    subjects = dict.fromkeys(each for each in (*near, *ranked, *related) if each is not None)
    fresh = [(each.topic, each.role) for each in subjects if each != thread.subject]
    return tuple(fresh[:_CANDIDATES])
