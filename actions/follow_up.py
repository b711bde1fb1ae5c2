"""Actions that only make sense after an answer: of the other role, more, less, again, back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.base import ThreadAction
from actions.naming import drilled, drilled_further, last_of_role, named_subject, opening_subject
from actions.options import MAX_OPTIONS, Option, next_options, option
from actions.passages import recalled_subject
from actions.reactions import DOUBTING
from actions.sources import source_of_all
from actions.sourcing import of_role, spoken_of
from actions.subjects import (
    OTHER,
    definition,
    follow_up_subject,
    resolve_role,
    resolve_subject,
)
from actions.tables import table_of
from actions.telling import (
    affirm,
    in_brief,
    reply_to,
    say_on,
    tell,
    tell_all,
    tell_source,
)
from actions.terms import on_terms
from actions.thread import Subject
from actions.turn import CLARIFY, PROMPT, Message, Reply, Turn

# Probability that a subject must have to be what somebody meant who says that it was not this.
_MEANT_AT_LEAST = 0.02
_TABLE = frozenset("table tabular chart grid columns".split())
_GOOD, _BAD = "feedback_good", "feedback_bad"


class ActionFollowUp(ThreadAction):
    """Answers "and for the other?": the last topic, of another role."""

    def respond(self, turn: Turn) -> Reply:
        """The same aspect of the role asked about."""
        row = drilled_further(turn)
        if row is not None:
            return tell(turn, row)
        several = self._several(turn)
        if several:
            return several
        subject = follow_up_subject(turn.content, turn.thread, turn.roles)
        return tell(turn, subject) if subject else Reply(turn.thread, prompt="nothing_yet")

    @staticmethod
    def _several(turn: Turn) -> Reply | None:
        """Each aspect of the last reply, of the role asked about, where that had several."""
        keys = dict.fromkeys(str(said["subject"]) for said in turn.thread.said)
        topics = [Subject.from_key(key).topic for key in keys]
        if len(topics) < 2 or not all(topic in turn.content.aspects for topic in topics):
            return None
        role = resolve_role(turn.content, turn.thread, turn.roles or [OTHER])
        return tell_all(turn, [Subject(topic, role) for topic in topics])


class ActionCorrect(ThreadAction):
    """Answers what was meant instead, or asks for it."""

    def respond(self, turn: Turn) -> Reply:
        """The corrected subject's answer, or the nearest subjects as options."""
        subject = self._meant(turn)
        if subject is not None:
            return reply_to(turn, subject)
        on_term = next(filter(None, map(on_terms, turn.views())), None)
        if on_term is not None:
            return on_term
        options = self._options(turn)
        thread = replace(turn.thread, offered=options)
        return Reply(thread, prompt="correct", kind=CLARIFY, options=options)

    @staticmethod
    def _meant(turn: Turn) -> Subject | None:
        named = (
            drilled_further(turn) or recalled_subject(turn) or named_subject(turn, _MEANT_AT_LEAST)
        )
        if named is not None:
            return named
        other = follow_up_subject(turn.content, turn.thread, turn.roles) if turn.roles else None
        return None if other == turn.thread.subject else other  # that was not it

    @staticmethod
    def _options(turn: Turn) -> list[Option]:
        """What lies nearest: the same of the other role, then what is related."""
        last = turn.thread.subject
        if last is None:
            return []
        options = next_options(turn.content, turn.thread, last)
        if last.role and last.topic in turn.content.aspects:
            other = resolve_subject(turn.content, turn.thread, last.topic, [OTHER])
            options.insert(0, option(turn.content, other))
        return options[:MAX_OPTIONS]


class ActionMore(ThreadAction):
    """Tells what else is known on the last subject, or on one that the message names."""

    def respond(self, turn: Turn) -> Reply:
        """The second part of the last answer; a row or a role of a comparison; another subject.

        "Go on" after gaps goes on with what was told before them.
        """
        turn = replace(turn, thread=turn.thread.before_gaps(turn.content.gaps))
        last = turn.thread.subject
        subject = drilled(turn) or named_subject(turn) or last_of_role(turn) or last
        if subject is None:
            return Reply(turn.thread, prompt="nothing_yet")
        if subject == last and turn.roles and subject.topic in turn.content.entries:
            subject = definition(turn.content, turn.thread, turn.roles)
        if subject != last or subject.key not in turn.thread.covered:
            return tell(turn, subject)
        more = None
        if subject.topic not in turn.content.gaps:
            more = turn.content.reply(subject.topic, subject.role).more
        if more is None or any(said["text"] == more for said in turn.thread.said):
            options = next_options(turn.content, turn.thread, subject)
            return Reply(replace(turn.thread, offered=options), prompt="no_more", options=options)
        return say_on(turn, subject, more)


class ActionWhy(ThreadAction):
    """Tells the reason behind the last answer."""

    def respond(self, turn: Turn) -> Reply:
        """The reason, or what else is known where the content has no reason of its own."""
        subject = last_of_role(turn) or turn.thread.subject
        if subject is None:
            return Reply(turn.thread, prompt="nothing_yet")
        if subject.topic in turn.content.gaps:
            return Reply(turn.thread, prompt="no_more")
        reply = turn.content.reply(subject.topic, subject.role)
        return say_on(turn, subject, reply.why or reply.more)


class ActionShorter(ThreadAction):
    """Tells the last answer in one plain sentence."""

    def respond(self, turn: Turn) -> Reply:
        """The short form of the last answers, or of the subject or role that the message names."""
        named = opening_subject(turn) or drilled(turn) or named_subject(turn) or last_of_role(turn)
        return self._shorten(turn, [named]) if named else self.shorten_last(turn)

    def shorten_last(self, turn: Turn) -> Reply:
        """The short form of the last answers."""
        subjects = [Subject.from_key(str(said["subject"])) for said in turn.thread.said]
        last = turn.last_answer
        if last is not None and all(each.topic in turn.content.gaps for each in subjects):
            subjects = [last]
        return self._shorten(turn, list(dict.fromkeys(subjects)))

    def _shorten(self, turn: Turn, subjects: Sequence[Subject]) -> Reply:
        if not subjects:
            return Reply(turn.thread, prompt="nothing_yet")
        messages: list[Message] = []
        for subject in subjects:
            reply = say_on(turn, subject, self._short(turn, subject))
            messages.extend(reply.messages)
        if [each.text for each in messages] == [each["text"] for each in turn.thread.said]:
            answer = " ".join(each.text for each in messages)
            return Reply(turn.thread, prompt="shortest", values={"answer": answer})
        return Reply.telling(reply.thread, messages, reply.options)

    @staticmethod
    def _short(turn: Turn, subject: Subject) -> str:
        gap = turn.content.gaps.get(subject.topic)
        return str(gap.answer if gap else turn.content.reply(*subject).short)


class ActionRepeat(ThreadAction):
    """Tells the last reply again."""

    def respond(self, turn: Turn) -> Reply:
        """All that the last reply told, as it was; the first answer of all, if it is meant.

        "As a table" means the last aspect of all roles, which is shown as one where it can be.
        """
        first, last = opening_subject(turn), turn.thread.subject
        if last is None:
            return Reply(turn.thread, prompt="nothing_yet")
        if first is not None:
            return in_brief(turn, first) or tell(turn, first)
        if _TABLE & set(turn.words) and last.topic in turn.content.aspects:
            return tell(turn, Subject(last.topic))
        messages = [self._recall(turn, said) for said in turn.thread.said]
        if not messages:
            return tell(turn, last)
        return Reply.telling(turn.thread, messages, next_options(turn.content, turn.thread, last))

    @staticmethod
    def _recall(turn: Turn, said: dict[str, object]) -> Message:
        subject = Subject.from_key(str(said["subject"]))
        table = table_of(turn.content, subject) if said["is_table"] else None
        return Message(str(said["text"]), str(said["kind"]), subject, table)


class ActionSource(ThreadAction):
    """Names where an answer is from."""

    def respond(self, turn: Turn) -> Reply:
        """Section and reference of the subject that the message names, else of the last one."""
        named = spoken_of(turn) or of_role(turn)
        subject = named or turn.thread.subject
        if subject is None or (named is None and "all" in turn.words):
            return Reply(turn.thread, [Message(source_of_all(turn.content), PROMPT)])
        doubts = bool(DOUBTING & set(turn.words)) and subject.topic not in turn.content.gaps
        return affirm(turn, subject) if doubts else tell_source(turn, subject)


class ActionBack(ThreadAction):
    """Goes back to what was spoken of before."""

    def respond(self, turn: Turn) -> Reply:
        """The answer before the last one, or the one that is meant: the first, the one on this."""
        meant = opening_subject(turn) or recalled_subject(turn) or named_subject(turn)
        if meant is not None:
            return tell(turn, meant)
        trail = turn.thread.trail[:-1]
        if not trail:
            return Reply(turn.thread, prompt="back_at_start")
        reply = tell(turn, Subject.from_key(trail[-1]))
        return replace(reply, thread=replace(reply.thread, trail=trail))


class ActionStartOver(ThreadAction):
    """Forgets what was spoken of."""

    def respond(self, turn: Turn) -> Reply:
        """An empty thread, but for what belongs to the visit and not to its subjects."""
        last = turn.thread
        thread = type(last)(feedback=last.feedback, visit=last.visit, greeted=last.greeted)
        return Reply(thread, prompt="start_over")


class ActionFeedback(ThreadAction):
    """Keeps what is said of an answer together with it."""

    def respond(self, turn: Turn) -> Reply:
        """Thanks, or an apology."""
        feedback = _GOOD if turn.intent == _GOOD else _BAD
        verdict = {"subject": self._judged(turn), "feedback": feedback}
        thread = replace(turn.thread, feedback=[*turn.thread.feedback, verdict])
        return Reply(thread, prompt=feedback)

    @staticmethod
    def _judged(turn: Turn) -> str | None:
        """Key of the answer that the payload names, else of the last one."""
        for key in turn.entities.get("answer", []):
            topic, role = Subject.from_key(key)
            if turn.content.topic(topic) and (role is None or role in turn.content.roles):
                return str(key)
        return turn.thread.subject.key if turn.thread.subject else None
