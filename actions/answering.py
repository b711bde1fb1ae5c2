"""Actions that answer a question, or ask back what was meant."""

from __future__ import annotations

from dataclasses import replace

from actions.base import ThreadAction
from actions.context import topic_in_context
from actions.options import MAX_OPTIONS, Option, next_options, option, picked
from actions.phrasing import correction
from actions.subjects import resolve_subject
from actions.tables import table_of
from actions.thread import Subject
from actions.turn import ANSWER, CLARIFY, GAP, Message, Reply, Turn

_NONE_OF_THESE = {"title": "None of these", "intent": "none_of_these", "role": None}


def tell(turn: Turn, subject: Subject) -> Reply:
    """The answer on a subject, and what could be asked next."""
    content = turn.content
    gap = content.gaps.get(subject.topic)
    text = gap.answer if gap else content.reply(subject.topic, subject.role).answer
    return say_on(turn, subject, text, is_whole=True)


def reply_to(turn: Turn, subject: Subject) -> Reply:
    """The answer to a question on a subject, or its correction if it takes something wrong so."""
    if subject.topic not in turn.content.gaps:
        reply = turn.content.reply(subject.topic, subject.role)
        corrected = correction(reply, turn.words)
        if corrected:
            return say_on(turn, subject, corrected.answer)
    return tell(turn, subject)


def say_on(turn: Turn, subject: Subject, text: str, is_whole: bool = False) -> Reply:
    """A text on a subject, with its table if it is the whole answer, and what to ask next."""
    content = turn.content
    kind = GAP if subject.topic in content.gaps else ANSWER
    table = table_of(content, subject) if is_whole else None
    message = Message(text, kind, subject, table)
    has_roles = subject.topic in content.aspects or subject.role is not None
    thread = turn.thread.told(subject, has_roles)
    options = next_options(content, thread, subject)
    return Reply(replace(thread, offered=options, said=text), [message], options=options)


class ActionAnswer(ThreadAction):
    """Answers the topic that the message's intent names, or each of several joined questions."""

    def respond(self, turn: Turn) -> Reply:
        """The topic's answer, of the role asked about or last spoken of."""
        if turn.parts:
            return self._answer_parts(turn)
        topic = topic_in_context(turn) or turn.intent
        subject = resolve_subject(turn.content, turn.thread, topic, turn.roles, turn.words)
        return reply_to(turn, subject)

    @staticmethod
    def _answer_parts(turn: Turn) -> Reply:
        messages: list[Message] = []
        reply = Reply(turn.thread)
        for part in turn.parts:
            turn = replace(turn, thread=reply.thread)
            roles = part["roles"] or turn.roles
            topic = part["intent"]
            subject = resolve_subject(turn.content, turn.thread, topic, roles, turn.words)
            reply = reply_to(turn, subject)
            messages.extend(reply.messages)
        return replace(reply, messages=messages)


class ActionUnsure(ThreadAction):
    """Asks what was meant; the second time in a row, lists the subjects."""

    def respond(self, turn: Turn) -> Reply:
        """What the context makes clear, else the likeliest topics as options, or the way out."""
        if turn.reason in turn.content.prompts:
            return Reply(turn.thread, prompt=turn.reason, kind=CLARIFY)
        topic = topic_in_context(turn)
        if topic is not None:
            subject = resolve_subject(turn.content, turn.thread, topic, turn.roles, turn.words)
            return reply_to(turn, subject)
        thread = replace(turn.thread, unsure=turn.thread.unsure + 1)
        if thread.unsure > 1:
            values = {"subjects": _subjects_list(turn)}
            thread = replace(thread, unsure=0, offered=[])
            return Reply(thread, prompt="subjects", values=values, kind=CLARIFY)
        options = self._candidates(turn)
        if not options:
            return Reply(replace(thread, offered=[]), prompt="rephrase", kind=CLARIFY)
        options.append(_NONE_OF_THESE)
        return Reply(
            replace(thread, offered=options), prompt="did_you_mean", kind=CLARIFY, options=options
        )

    @staticmethod
    def _candidates(turn: Turn) -> list[Option]:
        known = [item["name"] for item in turn.ranking if turn.content.topic(item["name"])]
        subjects = [resolve_subject(turn.content, turn.thread, name, turn.roles) for name in known]
        return [option(turn.content, each, as_question=True) for each in subjects[:MAX_OPTIONS]]


class ActionChoose(ThreadAction):
    """Answers the offer that the message picks; a plain "yes" picks the first."""

    def respond(self, turn: Turn) -> Reply:
        """The answer of the option picked."""
        offered = turn.thread.offered
        choice = picked(offered, turn.text)
        if choice is None and offered and turn.intent == "affirm":
            choice = offered[0]
        if choice is not None and choice["intent"] == _NONE_OF_THESE["intent"]:
            return none_of_these(turn)
        if choice is None:
            return Reply(turn.thread, prompt="no_such_option", options=offered)
        return tell(turn, Subject(choice["intent"], choice["role"]))


def none_of_these(turn: Turn) -> Reply:
    """What to say when nothing of what was offered is wanted."""
    prompt = "none_of_these" if turn.thread.unsure else "all_right"
    return Reply(replace(turn.thread, offered=[]), prompt=prompt)


class ActionNoneOfThese(ThreadAction):
    """Takes the rejection of what was offered."""

    def respond(self, turn: Turn) -> Reply:
        """A request to say it otherwise after "did you mean", else a plain "all right"."""
        return none_of_these(turn)


class ActionMenu(ThreadAction):
    """Offers the subjects to begin with."""

    def respond(self, turn: Turn) -> Reply:
        """The first subjects of the content, as options."""
        options = [option(turn.content, Subject(name)) for name in _first_topics(turn)]
        return Reply(replace(turn.thread, offered=options), prompt="for_example", options=options)


def _subjects_list(turn: Turn) -> str:
    topics = (*turn.content.aspects.values(), *turn.content.entries.values())
    return ", ".join(str(topic.title) for topic in topics)


def _first_topics(turn: Turn) -> list[str]:
    content = turn.content
    told = {Subject.from_key(key).topic for key in turn.thread.covered}
    first = list(dict.fromkeys([*list(content.entries)[:1], *content.aspects, *content.entries]))
    fresh = [topic for topic in first if topic not in told]
    return (fresh or first)[:MAX_OPTIONS]
