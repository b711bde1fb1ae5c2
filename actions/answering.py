"""Actions that answer a question, or ask back what was meant."""

from __future__ import annotations

from dataclasses import replace

from actions.base import Reply, ThreadAction, Turn
from actions.options import MAX_OPTIONS, Option, next_options, option, picked
from actions.subjects import resolve_subject
from actions.thread import Subject

_NONE_OF_THESE = {"title": "None of these", "intent": "none_of_these", "role": None}


def tell(turn: Turn, subject: Subject) -> Reply:
    """The answer on a subject, and what could be asked next."""
    content = turn.content
    gap = content.gaps.get(subject.topic)
    text = gap.answer if gap else content.reply(subject.topic, subject.role).answer
    thread = turn.thread.told(subject)
    options = next_options(content, thread, subject)
    return Reply(replace(thread, offered=options), [text], options=options)


class ActionAnswer(ThreadAction):
    """Answers the topic that the message's intent names."""

    def respond(self, turn: Turn) -> Reply:
        """The topic's answer, of the role asked about or last spoken of."""
        return tell(turn, resolve_subject(turn.content, turn.thread, turn.intent, turn.roles))


class ActionUnsure(ThreadAction):
    """Asks what was meant; the second time in a row, lists the subjects."""

    def respond(self, turn: Turn) -> Reply:
        """The likeliest topics as options, or the way out."""
        if turn.reason in turn.content.prompts:
            return Reply(turn.thread, prompt=turn.reason)
        thread = replace(turn.thread, unsure=turn.thread.unsure + 1)
        if thread.unsure > 1:
            values = {"subjects": _subjects_list(turn)}
            thread = replace(thread, unsure=0, offered=[])
            return Reply(thread, prompt="subjects", values=values)
        options = self._candidates(turn)
        if not options:
            return Reply(replace(thread, offered=[]), prompt="rephrase")
        options.append(_NONE_OF_THESE)
        return Reply(replace(thread, offered=options), prompt="did_you_mean", options=options)

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
        if choice is None or turn.content.topic(choice["intent"]) is None:
            return Reply(turn.thread, prompt="no_such_option", options=offered)
        return tell(turn, Subject(choice["intent"], choice["role"]))


class ActionNoneOfThese(ThreadAction):
    """Takes the rejection of what was offered."""

    def respond(self, turn: Turn) -> Reply:
        """A request to say it otherwise after "did you mean", else a plain "all right"."""
        prompt = "none_of_these" if turn.thread.unsure else "all_right"
        return Reply(replace(turn.thread, offered=[]), prompt=prompt)


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
    return [*list(turn.content.entries)[:1], *list(turn.content.aspects)[: MAX_OPTIONS - 1]]
