"""Actions that answer a question, or ask back what was meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.base import ThreadAction
from actions.choosing import instead, reject, take
from actions.context import (
    aspect_instead,
    fit_instead,
    topic_in_context,
    topic_instead,
)
from actions.follow_up import ActionShorter
from actions.naming import drilled, drilled_further, figure_asked_about, is_bare_role, named_subject
from actions.options import MAX_OPTIONS, NONE, Option, option, picked, role_by_place
from actions.ownership import asks_whose_that_is, owner, part_of
from actions.phrasing import claim_on_last, topic_of_claim
from actions.repair import not_again
from actions.sourcing import subject_to_source
from actions.subjects import (
    FORMER,
    LATTER,
    follow_up_subject,
    resolve_subject,
)
from actions.telling import (
    in_brief,
    in_limits,
    on_claim,
    reply_to,
    say_on,
    source_message,
    suited,
    tell,
    tell_further,
    tell_source,
)
from actions.terms import answer_on_terms, claim_on_term, with_terms
from actions.thread import Subject
from actions.turn import CLARIFY, Message, Reply, Turn
from actions.wording import stems

_FEW = 3  # words
_SOURCE = "source"  # the intent that asks where an answer is from


class ActionAnswer(ThreadAction):
    """Answers the topic that the message's intent names, or each of several joined questions."""

    def respond(self, turn: Turn) -> Reply:
        """The topic's answer, of the role asked about or last spoken of."""
        parts = [each for each in turn.parts if self._is_answered(turn, each["intent"])]
        if len(parts) > 1:
            return self._answer_parts(turn, parts)
        at_once = self._on_last(turn)
        if at_once is not None:
            return at_once
        by_place = role_by_place(turn.content, turn.words)
        if by_place is not None and not turn.roles:
            turn = replace(turn, entities={"role": [by_place]})
        subject = self._subject(turn)
        gap = turn.content.gaps.get(subject.topic)
        for view in turn.views():
            reply = (
                (claim_on_term(view) if gap else None)
                or on_claim(view, subject)
                or answer_on_terms(view, subject)
                or claim_on_term(view)
            )
            if reply is not None:
                return reply
        limits = (in_limits(view, subject) for view in turn.views())
        reply = suited(turn, subject) or next(filter(None, limits), None)
        if reply is not None:
            return reply
        if gap is not None:
            return with_terms(turn, tell(turn, subject)) if gap.adds_terms else tell(turn, subject)
        return in_brief(turn, subject) or tell_further(turn, subject) or tell(turn, subject)

    def _on_last(self, turn: Turn) -> Reply | None:
        """What a message says of the last answer without asking for a topic of its own."""
        if self._asks_for_less(turn) or asks_whose_that_is(turn):
            return ActionShorter().shorten_last(turn)
        subject = subject_to_source(turn)
        if subject is not None:
            return tell_source(turn, subject)
        last = turn.thread.subject
        if last is None:
            return None
        row = drilled_further(turn)
        if row is not None:
            return tell(turn, row)
        if is_bare_role(turn) and last.topic in turn.content.aspects:
            return tell(turn, resolve_subject(turn.content, turn.thread, last.topic, turn.roles))
        claimed = next(filter(None, map(claim_on_last, turn.views())), None)
        return say_on(turn, last, claimed) if claimed else None

    @staticmethod
    def _subject(turn: Turn) -> Subject:
        """What a message asks about, in its place in the conversation."""
        content, thread = turn.content, turn.thread
        topic = fit_instead(turn) or topic_instead(turn) or topic_in_context(turn) or turn.intent
        topic = figure_asked_about(turn, topic) or topic
        topic = aspect_instead(turn, topic) or topic
        instead = not_again(turn, topic)
        topic = instead or topic
        roles = part_of(turn, topic) or turn.roles or owner(turn, topic)
        subject = resolve_subject(content, thread, topic, roles, turn.words)
        claimed = None if instead else topic_of_claim(turn, subject)
        if claimed is None:
            return subject
        return resolve_subject(content, thread, claimed, roles, turn.words)

    @staticmethod
    def _asks_for_less(turn: Turn) -> bool:
        entry = turn.content.entries.get(turn.intent)
        is_bare = len(turn.words) <= _FEW and not turn.roles
        if entry is None or not is_bare or not turn.thread.said:
            return False
        return bool(set(stems(turn.words)) & set(stems(entry.shortens)))

    @staticmethod
    def _is_answered(turn: Turn, intent: str) -> bool:
        return intent == _SOURCE or turn.content.topic(intent) is not None

    @staticmethod
    def _answer_parts(turn: Turn, parts: Sequence[dict[str, Any]]) -> Reply:
        messages: list[Message] = []
        reply = Reply(turn.thread)
        for part in parts:
            turn = replace(turn, thread=reply.thread)
            last = turn.thread.subject
            if part["intent"] == _SOURCE:
                messages.extend([source_message(turn, last)] if last else [])
                continue
            roles = part["roles"] or turn.roles
            topic = part["intent"]
            subject = resolve_subject(turn.content, turn.thread, topic, roles, turn.words)
            reply = reply_to(turn, subject)
            messages.extend(reply.messages)
        return Reply.telling(reply.thread, messages, reply.options)


class ActionUnsure(ThreadAction):
    """Asks what was meant; the second time in a row, lists the subjects."""

    def respond(self, turn: Turn) -> Reply:
        """What the context makes clear, else the likeliest topics as options, or the way out."""
        if turn.reason in turn.content.prompts:
            return Reply(turn.thread, prompt=turn.reason, kind=CLARIFY)
        if is_bare_role(turn) and turn.thread.topic:
            return ActionChoose.follow_up(turn)
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
        options.append({"title": turn.content.prompts["none_title"], "intent": NONE})
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
        """The answer of the option picked, or of what else in the conversation is meant."""
        offered = turn.thread.offered
        is_aspect = turn.thread.topic in turn.content.aspects
        if is_aspect and turn.thread.role is None and {FORMER, LATTER} & set(turn.roles):
            return self.follow_up(turn)
        role = role_by_place(turn.content, turn.words)
        if is_aspect and role is not None:
            return self.follow_up(replace(turn, entities={"role": [role]}))
        row = None if turn.text.strip().isdigit() else drilled_further(turn)
        if row is not None:
            return tell(turn, row)
        choice = picked(offered, turn.text)
        if choice is None and offered and turn.intent == "affirm":
            choice = offered[0]
        if choice is not None:
            return take(turn, choice)
        if turn.roles:
            return self.follow_up(turn)
        subject = drilled(turn) or named_subject(turn)
        if subject is not None:
            return tell(turn, subject)
        if not offered:
            return Reply(turn.thread, prompt="rephrase", kind=CLARIFY)
        return Reply(turn.thread, prompt="no_such_option", options=offered)

    @staticmethod
    def follow_up(turn: Turn) -> Reply:
        """The last topic, of the role asked about."""
        subject = follow_up_subject(turn.content, turn.thread, turn.roles)
        return tell(turn, subject) if subject else Reply(turn.thread, prompt="nothing_yet")


class ActionNoneOfThese(ThreadAction):
    """Takes the rejection of what was offered."""

    def respond(self, turn: Turn) -> Reply:
        """What is wanted instead, if the message names it; else an "all right"."""
        return instead(turn) or reject(turn)


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
