"""The guided form: a few questions that lead to the role that suits somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.compose import MAX_STATEMENTS, prose
from actions.options import CHOOSE, FORM, SKIP, STOP
from actions.reply import ANSWER, PROMPT, Message, Option, Reply, Scene
from actions.sources import source_of
from actions.telling import of_ids, telling_reply
from content.names import capital
from content.schema import Choice, Question
from dialogue import acts
from dialogue.thread import Subject, Thread
from dialogue.understanding import ANSWERED


def start(scene: Scene) -> Reply:
    """The first question, whatever was answered before."""
    return _ask(scene, {"asked": next(iter(scene.content.questions)), "choices": {}})


def move(scene: Scene, act: acts.FormMove) -> Reply | None:
    """What comes of a move in the form; None where it says nothing to it."""
    form = scene.thread.form or {}
    question = scene.content.questions.get(form.get("asked", ""))
    if act.kind == acts.CHOICE:
        pressed = _pressed(scene, act.value or "")
        if pressed is not None:
            return _go_on(scene, *pressed)
    if question is None:
        return None
    if act.kind == acts.STOP:
        thread = replace(scene.thread, form=None, offered=[])
        return Reply(thread, [scene.prompted("form_stopped")], asks=True)
    if act.kind == acts.SKIP:
        return _go_on(scene, question, None)
    names = list(scene.content.questions)
    place = names.index(question.id)
    if act.kind == acts.BACK and place > 0:
        return _ask(scene, {**form, "asked": names[place - 1]})
    return _ask(scene, form, "form_unclear" if act.kind == acts.UNCLEAR else None)


def resume(scene: Scene, reply: Reply) -> Reply:
    """A reply to something else, followed by the open question; the second time the form ends."""
    form = scene.thread.form or {}
    is_open = form.get("asked") in scene.content.questions
    if not is_open or reply.asks or reply.thread.form != scene.thread.form:
        return reply
    if form.get("interrupted"):
        offered = [] if reply.thread.offered == scene.thread.offered else reply.thread.offered
        return replace(reply, thread=replace(reply.thread, form=None, offered=offered))
    asked = _ask(scene, {**form, "interrupted": True}, "form_resume", reply.thread)
    return replace(asked, messages=[*reply.messages, *asked.messages])


def _pressed(scene: Scene, option: str) -> tuple[Question, Choice] | None:
    """Question and choice that a button stands for, of whatever question it was."""
    name, _, index = option.partition("/")
    question = scene.content.questions.get(name)
    if question is None or not index.isdecimal() or int(index) >= len(question.choices):
        return None
    return question, question.choices[int(index)]


def _go_on(scene: Scene, question: Question, choice: Choice | None) -> Reply:
    """The next question, or the result after the last one."""
    made = dict((scene.thread.form or {}).get("choices", {}))
    made[question.id] = question.choices.index(choice) if choice else None
    names = list(scene.content.questions)
    following = names[names.index(question.id) + 1 :]
    if following:
        return _ask(scene, {"asked": following[0], "choices": made})
    return _recommend(scene, made)


def _ask(
    scene: Scene, form: dict[str, Any], prompt: str | None = None, thread: Thread | None = None
) -> Reply:
    question = scene.content.questions[str(form["asked"])]
    options: list[Option] = [
        {"title": choice.title, "intent": CHOOSE, "option": f"{question.id}/{index}"}
        for index, choice in enumerate(question.choices)
    ]
    options.append({"title": scene.content.prompts["form_skip"], "intent": SKIP})
    options.append({"title": scene.content.prompts["form_stop"], "intent": STOP})
    text = scene.prompt(prompt, question=question.question) if prompt else question.question
    after = replace(thread or scene.thread, form=form, offered=options, unsure=0)
    return Reply(after, [Message(text, PROMPT)], options, asks=True)


def _recommend(scene: Scene, made: Mapping[str, int | None]) -> Reply:
    """The role that the choices speak for, and what could be asked next of it."""
    content = scene.content
    topic = next(each.id for each in content.topics.values() if each.form)
    choices = [choice for choice in _chosen(scene, made) if choice.weights]
    totals = {role: sum(each.weights.get(role, 0) for each in choices) for role in content.roles}
    best = [role for role, total in totals.items() if total == max(totals.values())]
    text = _text(scene, choices, best)
    ids = [choice.statements[0] for choice in choices]
    role = best[0] if len(best) == 1 else None
    source = source_of(content, ids[0] if ids else None)
    message = Message(text, ANSWER, Subject(topic), tuple(ids), ANSWERED, None, source)
    scene = replace(scene, thread=replace(scene.thread, form=None, role=role or scene.thread.role))
    reply = telling_reply(scene, message)
    options = [each for each in reply.options if each["intent"] != FORM]
    return replace(reply, thread=replace(reply.thread, offered=options), options=options, asks=True)


def _chosen(scene: Scene, made: Mapping[str, int | None]) -> list[Choice]:
    questions = scene.content.questions
    return [
        questions[name].choices[index]
        for name, index in made.items()
        if name in questions and index is not None and index < len(questions[name].choices)
    ]


def _text(scene: Scene, choices: Sequence[Choice], best: Sequence[str]) -> str:
    roles = scene.content.roles
    if not choices:
        return scene.prompt("form_open")
    if len(best) > 1:
        return scene.prompt("form_tie", reasons=_reasons(scene, choices))
    against = [choice for choice in choices if best[0] not in choice.weights]
    reasons = _reasons(scene, [choice for choice in choices if choice not in against])
    if not against:
        return scene.prompt("form_result", field=capital(roles[best[0]].field), reasons=reasons)
    return scene.prompt(
        "form_result_mixed",
        field=capital(roles[best[0]].field),
        reasons=reasons,
        other=roles[_favoured(against)].field,
        against=_reasons(scene, against),
    )


def _favoured(choices: Sequence[Choice]) -> str:
    """The role that choices speak for most."""
    totals: Counter[str] = Counter()
    for choice in choices:
        totals.update(choice.weights)
    return totals.most_common(1)[0][0]


def _reasons(scene: Scene, choices: Sequence[Choice]) -> str:
    """One statement of each choice."""
    ids = dict.fromkeys(choice.statements[0] for choice in choices)
    return prose(scene.content, of_ids(scene, ids), MAX_STATEMENTS).text
