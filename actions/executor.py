"""Carries out acts: one function for each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions import guided
from actions.options import FORM, MAX_OPTIONS, NONE, first_options, next_options, option
from actions.reply import ANSWER, CLARIFY, GAP, PROMPT, Message, Reply, Scene
from actions.sources import source_of, source_of_all, source_text
from actions.telling import Telling, further, of_ids, of_one_topic, tell, tell_gap, tell_open
from content.loader import Content
from content.schema import BRIEF_WORDS
from dialogue import acts
from dialogue.acts import Act
from dialogue.thread import Subject, Thread, home
from dialogue.understanding import ANSWERED, NOT_STATED, TABLE, Wanted

_MODEL_LETTERS = 12
_UNKNOWN = "?"


def execute(scene: Scene, decided: Sequence[Act]) -> Reply:
    """The reply to all acts of a message, one after the other; then the open form's question."""
    thread, reply = scene.thread, Reply(scene.thread)
    messages: list[Message] = []
    if not (scene.content.statements or _is_of_no_article(decided)):
        return _prompt(scene, "knows_nothing")
    for act in decided:
        reply = EXECUTE[type(act)](act, replace(scene, thread=reply.thread))
        messages += reply.messages
    if len(decided) > 1:
        reply = _joined(thread, reply, messages)
    reply = guided.resume(scene, reply)
    uttered = reply.thread.uttering(each.text for each in reply.messages)
    return replace(reply, thread=uttered)


def _is_of_no_article(decided: Sequence[Act]) -> bool:
    """Whether there is a reply though nobody has given the assistant anything to tell."""
    first = decided[0]
    if isinstance(first, acts.SmallTalk):
        return first.kind not in ("greet", "help")
    return isinstance(first, acts.Acknowledge | acts.Rate | acts.Version)


def _joined(before: Thread, reply: Reply, messages: Sequence[Message]) -> Reply:
    """One reply of several: it told all that its parts told."""
    said = [each.as_said() for each in messages if each.kind in (ANSWER, GAP)]
    after = replace(reply.thread, said=said or before.said)
    return replace(reply, thread=after, messages=messages)


def _prompt(scene: Scene, name: str, kind: str | None = PROMPT, **values: str) -> Reply:
    return Reply(scene.thread, [scene.prompted(name, kind, **values)])


def _ask(act: acts.Ask, scene: Scene) -> Reply:
    """A topic in its order of telling; of all roles as much of each."""
    content = scene.content
    ids = [each.id for each in content.told_of(act.topic, act.role)]
    subject = Subject(act.topic, act.role)
    is_compared = content.is_grid(act.topic) and act.role is None
    few = ids[: len(content.roles)] if is_compared else ids
    return tell(scene, Telling(few, ANSWERED, subject, act.wanted, is_whole=True))


def _check(act: acts.Check, scene: Scene) -> Reply:
    if act.verdict == NOT_STATED:
        return tell_open(scene, act.near)
    ids = act.statements
    subject = home(scene.content, ids, act.topic, scene.thread.role)
    if act.wanted.form == TABLE and act.topic is None:
        subject = None  # the rows are those that the statements are on
    told = Telling(ids, act.verdict, subject, act.wanted, is_claim=act.is_claim, which=act.which)
    return tell(scene, told)


def _cite(act: acts.Cite, scene: Scene) -> Reply:
    """Where statements are from: the first one, and others where a reference is cited for them."""
    content, thread = scene.content, scene.thread
    if not act.statements:
        is_open = bool(thread.said) and thread.said[-1]["kind"] == GAP
        text = source_text(scene, None) if is_open else source_of_all(scene)
        return Reply(thread, [Message(text, PROMPT)])
    texts: dict[str, str] = {}
    for each in act.statements:
        texts.setdefault(source_text(scene, each), each)
    messages = [
        Message(text, PROMPT, home(content, [each]), (), None, None, source_of(content, each))
        for place, (text, each) in enumerate(texts.items())
        if place == 0 or _cites(content, each)
    ]
    return Reply(thread, messages)


def _is_of(content: Content, statement: str, topic: str | None) -> bool:
    """Whether a topic tells a statement; without topics, what is near belongs together."""
    topics = dict(content.topics_of(statement))
    return topic in topics if topics else topic is None


def _cites(content: Content, statement: str) -> bool:
    source = content.statements[statement].source
    return source is not None and source.reference is not None


def _again(act: acts.Again, scene: Scene) -> Reply:
    thread = scene.thread
    if not thread.said and not act.statements:
        return _prompt(scene, "nothing_yet")
    if act.how == acts.REPEAT:
        messages = [_recalled(scene, each) for each in thread.said]
        options = next_options(scene.content, thread, thread.subject)
        return Reply(thread.offering(options), messages, options)
    left = [e for e in thread.heard if _is_of(scene.content, e, thread.topic)]
    ids = [*act.statements, *left, *(e.id for e in further(scene, thread.last, thread.subject))]
    fresh = [each for each in dict.fromkeys(ids) if each not in thread.told]
    if not fresh:
        options = next_options(scene.content, thread, thread.subject)
        return Reply(thread.offering(options), [scene.prompted("no_more")], options)
    ids = [each.id for each in of_one_topic(scene, of_ids(scene, fresh))]
    return tell(scene, Telling(ids, subject=home(scene.content, ids, thread.topic, thread.role)))


def _recalled(scene: Scene, said: Mapping[str, Any]) -> Message:
    subject = Subject(said["topic"], said["role"]) if said["topic"] else None
    ids = tuple(said["statements"])
    source = source_of(scene.content, ids[0] if ids else None)
    return Message(said["text"], said["kind"], subject, ids, said["verdict"], None, source)


def _reshape(act: acts.Reshape, scene: Scene) -> Reply:
    thread = scene.thread
    if not thread.said:
        return _prompt(scene, "nothing_yet")
    wanted = _in_last_form(act.wanted, thread.last_form)
    if not of_ids(scene, thread.last) or not wanted:
        return _prompt(scene, "cannot_form")
    is_same_table = wanted.form == thread.last_form == TABLE  # with the rows that it had
    subject = None if is_same_table else thread.subject
    return tell(scene, Telling(thread.last, ANSWERED, subject, wanted))


def _in_last_form(wanted: Wanted, last: str | None) -> Wanted:
    """The form that is wanted; of a list or a table that shall only be shorter, the one it had.

    So few words as a gist has are those of each point or cell; more are those of all of it.
    """
    if last is None or wanted.form not in (None, "shorter", "words"):
        return wanted
    most = BRIEF_WORDS[1]
    is_gist = (wanted.words or most + 1) <= most
    if is_gist or (wanted.form == "shorter" and last != TABLE):
        return replace(wanted, form=last, words=wanted.words or most)
    return replace(wanted, form=last) if wanted.points and not wanted.words else wanted


def _correct(act: acts.Correct, scene: Scene) -> Reply:
    """The next best reading, which then counts as tried; else a question back."""
    if act.statements:
        left = [each for each in scene.thread.heard if each not in act.statements]
        scene = replace(scene, thread=replace(scene.thread, heard=left))
        return tell(scene, Telling(act.statements, wanted=act.wanted, lead=scene.prompt("sorry")))
    options = [option(scene.content, Subject(*each), True) for each in act.candidates]
    thread = replace(scene.thread.offering(options), unsure=max(1, scene.thread.unsure))
    name = "rephrase" if thread.has_said(scene.prompt("correct")) else "correct"
    return Reply(thread, [scene.prompted(name, CLARIFY)], options)


def _choose(act: acts.Choose, scene: Scene) -> Reply:
    """What an offer stands for, of several one after the other."""
    offered = scene.thread.offered
    picked = [offered[each] for each in act.places if -len(offered) <= each < len(offered)]
    if not picked:
        return Reply(scene.thread, [scene.prompted("no_such_option")], offered)
    decided = [_offered(scene, each) for each in picked]
    if len(decided) > 1:  # "all of them" means the subjects
        decided = [each for each in decided if isinstance(each, acts.Ask)] or decided[:1]
    return execute(replace(scene, thread=replace(scene.thread, form=None)), decided)


def _offered(scene: Scene, offer: Mapping[str, Any]) -> Act:
    name = offer["intent"]
    if name == FORM:
        return acts.Fit()
    if name in scene.content.topics:
        return acts.Ask(name, offer.get("role"))
    if name in scene.content.gaps:
        return acts.Refuse(name)
    return acts.SmallTalk("none_of_these" if name == NONE else "all_right")


def _form_move(act: acts.FormMove, scene: Scene) -> Reply:
    return guided.move(scene, act) or _prompt(scene, "all_right")


def _fit(act: acts.Fit, scene: Scene) -> Reply:
    """The guided form; without one the topic on which role fits, else the menu."""
    content = scene.content
    if content.questions:
        return guided.start(scene)
    told = next((topic.id for topic in content.topics.values() if topic.form), None)
    if told is not None:
        return _ask(acts.Ask(told), scene)
    menu = _menu(acts.Menu(), scene)
    return replace(menu, messages=[scene.prompted("rephrase"), *menu.messages])


def _rate(act: acts.Rate, scene: Scene) -> Reply:
    """Keeps what is said of an answer together with its key."""
    name = "feedback_good" if act.good else "feedback_bad"
    subject = scene.thread.subject
    key = act.answer if act.answer and _is_known(scene, act.answer) else None
    verdict = {"subject": key or (subject.key if subject else None), "feedback": name}
    thread = replace(scene.thread, feedback=[*scene.thread.feedback, verdict])
    return Reply(thread, [scene.prompted(name)])


def _is_known(scene: Scene, key: str) -> bool:
    topic, role = Subject.from_key(key)
    return scene.content.topic(topic) is not None and (role is None or role in scene.content.roles)


def _acknowledge(act: acts.Acknowledge, scene: Scene) -> Reply:
    """A word; with what concerns what was told, if anything does."""
    if act.kind != "tell":
        return _prompt(scene, "acknowledge", None)
    lead = scene.prompt("tell")
    if not act.statements:
        return Reply(scene.thread, [Message(lead)])
    return tell(scene, Telling(act.statements, lead=lead))


def _small_talk(act: acts.SmallTalk, scene: Scene) -> Reply:
    """What a prompt of that name says, or else a response of the domain."""
    thread = scene.thread
    if act.kind == "greet":
        name = "greet_again" if thread.greeted or thread.said or thread.told else "greet"
        name = "welcome_back" if scene.is_return else name
        return Reply(replace(thread, greeted=True), [scene.prompted(name, None)])
    if act.kind in ("all_right", "none_of_these"):
        return Reply(thread.offering([]), [scene.prompted(act.kind)])
    if act.kind in scene.content.prompts:
        return _prompt(scene, act.kind, None)
    return Reply(thread, [Message("", response=f"utter_{act.kind}")])


def _refuse(act: acts.Refuse, scene: Scene) -> Reply:
    return tell_gap(scene, act.gap, act.near)


def _unclear(act: acts.Unclear, scene: Scene) -> Reply:
    """Asks what was meant; the second time in a row, lists the subjects."""
    if act.reason in scene.content.prompts:
        return _prompt(scene, act.reason, CLARIFY)
    thread = replace(scene.thread.offering([]), unsure=scene.thread.unsure + 1)
    if thread.unsure > 1:
        titles = ", ".join(str(each.title) for each in scene.content.topics.values())
        asked = _prompt(scene, "rephrase", CLARIFY)
        if titles:
            asked = _prompt(scene, "subjects", CLARIFY, subjects=titles)
        return replace(asked, thread=replace(thread, unsure=0))
    subjects = [Subject(*each) for each in act.candidates[:MAX_OPTIONS]]
    if not subjects:
        return Reply(thread, [scene.prompted("rephrase", CLARIFY)])
    options = [option(scene.content, each, as_question=True) for each in subjects]
    options.append({"title": scene.content.prompts["none_title"], "intent": NONE})
    message = scene.prompted("did_you_mean", CLARIFY)
    return Reply(thread.offering(options), [message], options)


def _back(act: acts.Back, scene: Scene) -> Reply:
    """What was told before the last answer, once more."""
    trail = scene.thread.trail[:-1]
    if not trail:
        return _prompt(scene, "back_at_start")
    step = trail[-1]
    subject = Subject(step["topic"], step["role"])
    if not step["statements"] and step["topic"] in scene.content.gaps:
        reply = tell_gap(scene, step["topic"], ())
    else:
        verdict = step["verdict"] if step["kind"] == ANSWER else ANSWERED
        reply = tell(scene, Telling(step["statements"], verdict, subject, is_again=True))
    return replace(reply, thread=replace(reply.thread, trail=trail))


def _start_over(act: acts.StartOver, scene: Scene) -> Reply:
    """An empty thread, but for what belongs to the visit and not to its subjects."""
    last = scene.thread
    thread = Thread(feedback=last.feedback, visit=last.visit, greeted=last.greeted)
    return Reply(thread, [scene.prompted("start_over")])


def _version(act: acts.Version, scene: Scene) -> Reply:
    """What reports and keepers know the assistant's present state by."""
    return _prompt(
        scene,
        "version",
        content=scene.content.version,
        model=scene.model[:_MODEL_LETTERS] or _UNKNOWN,
    )


def _menu(act: acts.Menu, scene: Scene) -> Reply:
    options = first_options(scene.content, scene.thread)
    thread = scene.thread.offering(options)
    if not options:  # without topics, some of what it knows shows what can be asked
        fresh = [each for each in scene.content.statements if each not in scene.thread.told]
        telling = Telling(fresh, lead=scene.prompt("for_example"))
        return tell(scene, telling) if fresh else Reply(scene.thread)
    return Reply(thread, [scene.prompted("for_example")], options)


EXECUTE: dict[type[Act], Callable[[Any, Scene], Reply]] = {
    acts.Ask: _ask,
    acts.Check: _check,
    acts.Cite: _cite,
    acts.Again: _again,
    acts.Reshape: _reshape,
    acts.Correct: _correct,
    acts.Choose: _choose,
    acts.Fit: _fit,
    acts.FormMove: _form_move,
    acts.Rate: _rate,
    acts.Acknowledge: _acknowledge,
    acts.SmallTalk: _small_talk,
    acts.Refuse: _refuse,
    acts.Unclear: _unclear,
    acts.Back: _back,
    acts.StartOver: _start_over,
    acts.Version: _version,
    acts.Menu: _menu,
}
