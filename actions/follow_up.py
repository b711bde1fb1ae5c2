"""Actions that only make sense after an answer: of the other role, more, less, again, back."""

from __future__ import annotations

from dataclasses import replace

from actions.answering import offer_next, tell
from actions.base import Reply, ThreadAction, Turn
from actions.options import next_options
from actions.subjects import definition, follow_up_subject, resolve_subject
from actions.thread import Subject

# A correction may name a topic ("not that, the tools"): one that stands out among the topics,
# though the message as a whole reads as a correction.
_NAMED_TOPIC = 0.5


class ActionFollowUp(ThreadAction):
    """Answers "and for the other?": the last topic, of another role."""

    def respond(self, turn: Turn) -> Reply:
        """The same aspect of the role asked about."""
        subject = follow_up_subject(turn.content, turn.thread, turn.roles)
        return tell(turn, subject) if subject else Reply(turn.thread, prompt="nothing_yet")


class ActionCorrect(ThreadAction):
    """Answers what was meant instead, or asks for it."""

    def respond(self, turn: Turn) -> Reply:
        """The corrected subject's answer, or the nearest subjects as options."""
        subject = self._meant(turn)
        if subject is not None:
            return tell(turn, subject)
        last = turn.thread.subject
        options = next_options(turn.content, turn.thread, last) if last else []
        thread = replace(turn.thread, offered=options)
        return Reply(thread, prompt="correct", options=options)

    @staticmethod
    def _meant(turn: Turn) -> Subject | None:
        topics = [item for item in turn.ranking if turn.content.topic(item["name"])]
        total = sum(item["confidence"] for item in topics)
        if topics and topics[0]["confidence"] >= _NAMED_TOPIC * total and not turn.roles:
            return resolve_subject(turn.content, turn.thread, topics[0]["name"], turn.roles)
        if turn.roles:
            return follow_up_subject(turn.content, turn.thread, turn.roles)
        return None


class ActionMore(ThreadAction):
    """Tells what else is known on the last subject."""

    def respond(self, turn: Turn) -> Reply:
        """The second part of the last answer; "more on the other side" turns to that role."""
        subject = self._subject(turn)
        if subject is None:
            return Reply(turn.thread, prompt="nothing_yet")
        if subject.topic in turn.content.gaps:
            options = next_options(turn.content, turn.thread, subject)
            return Reply(replace(turn.thread, offered=options), prompt="no_more", options=options)
        return offer_next(turn, subject, self._text(turn, subject))

    @staticmethod
    def _subject(turn: Turn) -> Subject | None:
        last = turn.thread.subject
        if last is None or not turn.roles:
            return last
        if last.topic in turn.content.aspects:
            return resolve_subject(turn.content, turn.thread, last.topic, turn.roles)
        return definition(turn.content, turn.thread, turn.roles)

    @staticmethod
    def _text(turn: Turn, subject: Subject) -> str:
        reply = turn.content.reply(subject.topic, subject.role)
        return str(reply.more if subject == turn.thread.subject else reply.answer)


class ActionWhy(ThreadAction):
    """Tells the reason behind the last answer."""

    def respond(self, turn: Turn) -> Reply:
        """The reason, or what else is known where the content has no reason of its own."""
        subject = turn.thread.subject
        if subject is None:
            return Reply(turn.thread, prompt="nothing_yet")
        if subject.topic in turn.content.gaps:
            return Reply(turn.thread, prompt="no_more")
        reply = turn.content.reply(subject.topic, subject.role)
        return offer_next(turn, subject, reply.why or reply.more)


class ActionShorter(ThreadAction):
    """Tells the last answer in one plain sentence."""

    def respond(self, turn: Turn) -> Reply:
        """The short form of the last answer."""
        subject = turn.thread.subject
        if subject is None:
            return Reply(turn.thread, prompt="nothing_yet")
        gap = turn.content.gaps.get(subject.topic)
        text = gap.answer if gap else turn.content.reply(subject.topic, subject.role).short
        return Reply(turn.thread, [text])


class ActionRepeat(ThreadAction):
    """Tells the last answer again."""

    def respond(self, turn: Turn) -> Reply:
        """The last answer as it was."""
        subject = turn.thread.subject
        if subject is None:
            return Reply(turn.thread, prompt="nothing_yet")
        said = turn.thread.said
        return offer_next(turn, subject, said) if said else tell(turn, subject)


class ActionSource(ThreadAction):
    """Names where the last answer is from."""

    def respond(self, turn: Turn) -> Reply:
        """Section of the article, and the reference it cites there, if it does."""
        content, subject = turn.content, turn.thread.subject
        if subject is None:
            return Reply(turn.thread, prompt="nothing_yet")
        article = content.article
        values = {
            "title": article.title,
            "publisher": article.publisher,
            "published": article.published,
        }
        if subject.topic in content.gaps:
            return Reply(turn.thread, prompt="source_gap", values=values)
        source = content.reply(subject.topic, subject.role).source
        values["section"] = content.sections[source.section].title
        if source.reference is None:
            return Reply(turn.thread, prompt="source", values=values)
        cited = content.references[source.reference]
        values.update(
            author=cited.author, reference=cited.title, cited=cited.published, address=cited.address
        )
        return Reply(turn.thread, prompt="source_reference", values=values)


class ActionBack(ThreadAction):
    """Goes back to what was spoken of before."""

    def respond(self, turn: Turn) -> Reply:
        """The answer before the last one."""
        trail = turn.thread.trail[:-1]
        if not trail:
            return Reply(turn.thread, prompt="back_at_start")
        reply = tell(turn, Subject.from_key(trail[-1]))
        return replace(reply, thread=replace(reply.thread, trail=trail))


class ActionStartOver(ThreadAction):
    """Forgets what was spoken of."""

    def respond(self, turn: Turn) -> Reply:
        """An empty thread, but for the feedback given."""
        thread = type(turn.thread)(feedback=turn.thread.feedback)
        return Reply(thread, prompt="start_over")


class ActionFeedback(ThreadAction):
    """Keeps what is said of the last answer together with it."""

    def respond(self, turn: Turn) -> Reply:
        """Thanks, or an apology."""
        subject = turn.thread.subject
        verdict = {"subject": subject.key if subject else None, "feedback": turn.intent}
        thread = replace(turn.thread, feedback=[*turn.thread.feedback, verdict])
        return Reply(thread, prompt=turn.intent)
