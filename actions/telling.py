"""Tells statements: the right ones, in the form that is wanted, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from actions import compose, tables
from actions.compose import Source, Told, prose, shape
from actions.options import next_options
from actions.reply import ANSWER, GAP, Message, Reply, Scene
from actions.sources import source_of
from content.names import capital
from content.schema import Statement
from dialogue.thread import Subject, Thread, home
from dialogue.understanding import ANSWERED, NO, NOT_STATED, PARTLY, TABLE, YES, Wanted

_PREFIXES = {YES: "say_yes", NO: "say_no", PARTLY: "say_partly"}
_FORM_LIMIT = {"shorter": "shortest", "simpler": "shortest", "words": "shortest"}


@dataclass(frozen=True)
class Telling:
    """What is to be told.

    Attributes:
        statements: their ids, best first.
        verdict: on what was asked.
        subject: what they are on; found from them where it is None.
        wanted: the form.
        is_again: whether it was asked for once more: then it may be told as it was.
        is_whole: whether the topic is told as such, with the table that it has.
        lead: what is said in front.
        is_claim: whether it speaks to a claim: then it says so, even if it was told just now.
        which: the role that it speaks for, where that is what is asked.
    """

    statements: Sequence[str]
    verdict: str = ANSWERED
    subject: Subject | None = None
    wanted: Wanted = field(default_factory=Wanted)
    is_again: bool = False
    is_whole: bool = False
    lead: str = ""
    is_claim: bool = False
    which: str | None = None


def tell(scene: Scene, telling: Telling) -> Reply:
    """The reply that tells statements, and what could be asked next."""
    if telling.wanted.form == TABLE:
        reply = _as_table(scene, telling)
        if reply is not None:
            return reply
    told = _text(scene, telling)
    text = told.text
    prefix = _PREFIXES.get(telling.verdict)
    if telling.is_claim and not telling.wanted:  # a form is wanted of what is asked for
        prefix = prefix or "unsettled"
    if prefix:
        text = _with_verdict(scene, prefix, text)
    lead = telling.lead or _side_first(scene, telling, told)
    if lead:
        text = f"{lead} {text}"
    if not (telling.is_again or told.points) and scene.thread.has_said(text):
        text = _said_again(scene, text)
    thread = scene.thread
    subject = telling.subject or home(scene.content, told.statements, thread.topic, thread.role)
    is_compared = telling.is_whole and subject is not None and subject.role is None
    table = tables.table_of(scene.content, subject.topic) if subject and is_compared else None
    message = Message(
        text,
        ANSWER,
        subject,
        told.statements,
        telling.verdict,
        table,
        source_of(scene.content, told.statements[0] if told.statements else None),
        points=told.points,
        form=telling.wanted.form if told.points else None,
    )
    reply = telling_reply(scene, message)
    if telling.which and not telling.wanted:  # that is whom the visitor speaks of now
        reply = replace(reply, thread=replace(reply.thread, role=telling.which))
    return reply


def _side_first(scene: Scene, telling: Telling, told: Told) -> str:
    """The role that is asked for, where all that is told is on that role and on no other."""
    role = scene.content.roles.get(telling.which or "")
    if role is None or telling.wanted:
        return ""
    statements = scene.content.statements
    is_of_it = all(
        statements[each].role == role.id and scene.content.is_on_one(each)
        for each in told.statements
    )
    return scene.prompt("which_side", one=capital(role.one)) if is_of_it else ""


def _with_verdict(scene: Scene, prefix: str, text: str) -> str:
    """The verdict first; told again, it is what the article says."""
    prefixed = scene.prompt(prefix, answer=text)
    if not scene.thread.has_said(prefixed):
        return prefixed
    if prefix == "unsettled":
        return scene.prompt("unsettled_again", answer=text)
    return scene.prompt(prefix, answer=scene.prompt("again_lead", answer=text))


def telling_reply(scene: Scene, message: Message) -> Reply:
    """A reply that the thread remembers, with its offers."""
    thread = remembered(scene.thread, scene, message)
    options = next_options(scene.content, thread, message.subject)
    after = replace(thread.offering(options), listed=_listed(scene, message))
    return Reply(after, [message], options)


def _listed(scene: Scene, message: Message) -> list[str]:
    """Parts of what a message lists; of what was listed before, while it tells one of these."""
    content = scene.content
    lists = [content.statements[each].parts for each in message.statements]
    before = scene.thread.listed
    told = {one.id for part in before for one in content.told_of_part(part)}
    return next(filter(None, lists), before if told & set(message.statements) else [])


def remembered(thread: Thread, scene: Scene, message: Message) -> Thread:
    """The thread after a message; what is told of no role leaves the conversation's role."""
    subject = message.subject
    after = thread.saying([message.as_said()])
    if subject is not None and not scene.content.is_grid(subject.topic):
        after = replace(after, role=thread.role)
    return after


def of_ids(scene: Scene, ids: Iterable[str]) -> list[Statement]:
    """Statements by id, those that the content has."""
    known = scene.content.statements
    return [known[each] for each in dict.fromkeys(ids) if each in known]


def further(scene: Scene, ids: Sequence[str], subject: Subject | None = None) -> list[Statement]:
    """What is further known besides some statements, and was never told: of the subject first."""
    content, thread = scene.content, scene.thread
    near = [
        *([subject] if subject else []),
        *(Subject(*s) for e in ids for s in content.topics_of(e)),
    ]
    listed = [
        each
        for one in dict.fromkeys(near)
        if one.topic in content.topics
        for each in content.told_of(one.topic, one.role if content.is_grid(one.topic) else None)
    ]
    return [
        each
        for each in of_ids(scene, (one.id for one in listed))
        if each.id not in thread.told and each.id not in ids
    ]


def of_one_topic(scene: Scene, statements: Sequence[Statement]) -> list[Statement]:
    """The statements at the beginning that some topic tells together."""
    kept: list[Statement] = []
    shared: set[str] = set()
    for each in statements:
        topics = {topic for topic, _ in scene.content.topics_of(each.id)}
        if kept and not shared & topics:
            break
        shared = shared & topics if kept else topics
        kept.append(each)
    return kept


def _text(scene: Scene, telling: Telling) -> Told:
    statements = of_ids(scene, telling.statements)
    if telling.wanted.form == TABLE:
        told = shape(Source(scene.content, statements), Wanted("bullets"))
        return told._replace(text=f"{scene.prompt('cannot_form')}\n{told.text}")
    if telling.wanted:
        return _formed(scene, telling, statements)
    if telling.is_again or telling.verdict != ANSWERED:
        return prose(scene.content, statements)
    # Who asks on about a statement wants what it says on that, and not to hear that this is all.
    fresh = [each for each in statements if each.id not in scene.thread.last]
    return prose(scene.content, statements if telling.is_claim else fresh or statements[:1])


def _formed(scene: Scene, telling: Telling, statements: Sequence[Statement]) -> Told:
    more = further(scene, telling.statements, telling.subject)
    told = shape(Source(scene.content, statements, more), telling.wanted)
    if told.is_done:
        return told
    form = telling.wanted.form or ""
    if form in _FORM_LIMIT:
        return told._replace(text=scene.prompt(_FORM_LIMIT[form], answer=told.text))
    return told._replace(
        text=f"{told.text}\n{scene.prompt('all_told')}"
        if "\n" in told.text
        else f"{scene.prompt('cannot_form')} {told.text}"
    )


def _said_again(scene: Scene, text: str) -> str:
    again = scene.prompt("again_lead", answer=text)
    return f"{again} {scene.prompt('all_told')}" if scene.thread.has_said(again) else again


def _as_table(scene: Scene, telling: Telling) -> Reply | None:
    """A table of what is to be told; None where nothing of it sets the roles side by side."""
    content, subject = scene.content, telling.subject
    table = None if telling.is_whole else tables.table_of_parts(content, telling.statements)
    if table is None and subject:
        table = tables.table_of(content, subject.topic)
    table = table or tables.table_of_statements(content, telling.statements)
    table = table or tables.table_of_all(content)
    if table is None:
        return None
    table = table._replace(rows=table.rows[: telling.wanted.points or len(table.rows)])
    titles = {topic.title: topic for topic in content.topics.values()}
    topics = [titles[row[0]].id for row in table.rows]
    ids = [each.id for name in topics for each in content.told_of(name, None)[: len(content.roles)]]
    subject = subject if subject and len(topics) > 1 else Subject(topics[0])
    text = str(content.topics[subject.topic].title) if scene.has_tables else tables.as_lines(table)
    source = source_of(content, ids[0])
    message = Message(text, ANSWER, subject, tuple(ids), telling.verdict, table, source, form=TABLE)
    return telling_reply(scene, message)


def tell_open(scene: Scene, near: Sequence[str]) -> Reply:
    """That the article does not say, and what comes nearest, if that was not told just now."""
    statements = [each for each in of_ids(scene, near) if each.id not in scene.thread.last]
    told = prose(scene.content, statements, 1)
    text = scene.prompt("not_stated_bare")
    if statements:
        nearest = scene.prompt("near_lead", statement=told.text)
        is_open = statements[0].open  # it says itself that the article does not
        text = told.text if is_open else scene.prompt("not_stated", nearest=nearest)
    if scene.thread.has_said(text):
        text = _said_again(scene, text) if statements else text
    return telling_reply(scene, _open_message(scene, text, told.statements))


def tell_gap(scene: Scene, gap_id: str, near: Sequence[str]) -> Reply:
    """A gap's answer, and the nearest statement if that adds something."""
    gap = scene.content.gaps[gap_id]
    text = gap.answer
    ids: tuple[str, ...] = ()
    for each in of_ids(scene, near)[:1]:
        fits = len(f"{text} {each.text}".split()) <= compose.MAX_WORDS
        if fits and each.id not in scene.thread.last and compose.adds_to(scene.content, text, each):
            text, ids = f"{text} {each.text}", (each.id,)
    if scene.thread.has_said(text) and not gap.outside:
        text = _said_again(scene, text)
    message = replace(_open_message(scene, text, ids), subject=Subject(gap_id))
    if gap.outside:  # as small talk, it leaves the thread where it was
        options = next_options(scene.content, scene.thread, Subject(gap_id))
        return Reply(replace(scene.thread, offered=options, unsure=0), [message], options)
    return telling_reply(scene, message)


def _open_message(scene: Scene, text: str, ids: tuple[str, ...]) -> Message:
    subject = home(scene.content, ids) if ids else None
    source = source_of(scene.content, ids[0] if ids else None)
    return Message(text, GAP, subject, ids, NOT_STATED, None, source)
