"""The guided form: a few questions that lead to the role that suits somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.interests import interest
from actions.options import CHOOSE, NONE, SKIP, STOP, Option, picked, titled
from actions.questions import is_question
from actions.recommendation import recommend
from actions.thread import Thread
from actions.turn import PROMPT, Message, Reply, Turn
from content.schema import Choice, Question

# Intents that say yes or no to the form, or move in it, while it is open.
_GO_ON, _REFUSE, _BACK = ("affirm", "repeat"), ("deny",), ("go_back",)
# What a statement that matches no choice may have been taken for.
_UNREAD, _OUTSIDE = "nlu_fallback", "out_of_scope"
_PICKS = (CHOOSE, "affirm", NONE)
_ORDINAL_WORDS = 3


def start(turn: Turn) -> Reply:
    """The first question, whatever was answered before."""
    return _ask(turn, {"asked": next(iter(turn.content.questions)), "choices": {}})


def take(turn: Turn) -> Reply | None:
    """What comes of a message that speaks to the open question; None where it does not."""
    question = _asked(turn)
    chosen = _pressed(turn)
    if chosen is not None:
        return _go_on(turn, *chosen)
    if question is None:
        return None
    return _steer(turn, question) or _read(turn, question)


def resume(turn: Turn, reply: Reply) -> Reply:
    """A reply to something else, followed by the open question."""
    question = _asked(turn)
    if question is None or reply.asks or reply.thread.form != turn.thread.form:
        return reply
    form = {**(turn.thread.form or {}), "interrupted": True}
    asked = _ask(turn, form, "form_resume", reply.thread)
    return replace(asked, messages=[*reply.spoken(turn.content), *asked.messages])


def _steer(turn: Turn, question: Question) -> Reply | None:
    """What comes of going on, skipping, stopping or going back."""
    form = turn.thread.form or {}
    offer = titled(turn.thread.offered, turn.text)
    meant = offer["intent"] if offer else turn.intent
    if meant == STOP or (meant in _REFUSE and form.get("interrupted")):
        return stop(turn)
    if meant in (SKIP, NONE, *_REFUSE):
        return _go_on(turn, question, None)
    if meant in _GO_ON and picked(turn.thread.offered, turn.text) is None:
        return _ask(turn, form)
    names = list(turn.content.questions)
    if meant in _BACK and names.index(question.id) > 0:
        return _ask(turn, {**form, "asked": names[names.index(question.id) - 1]})
    return None


def _read(turn: Turn, question: Question) -> Reply | None:
    """What comes of a typed choice, or of a statement that matches none."""
    offer = titled(turn.thread.offered, turn.text)
    if offer is None and (turn.intent in _PICKS or len(turn.words) < _ORDINAL_WORDS):
        choices = [each for each in turn.thread.offered if each.get("option")]
        offer = picked(choices, turn.text) or picked(turn.thread.offered, turn.text)
    if offer is not None and offer["intent"] in (SKIP, STOP):
        return stop(turn) if offer["intent"] == STOP else _go_on(turn, question, None)
    if offer is not None and offer.get("option"):
        return _go_on(turn, question, _choice(question, offer["option"]))
    asks = is_question(turn.text, turn.words)
    choice = None if asks else _typed(question.choices, turn.words)
    if choice is not None:
        return _go_on(turn, question, choice)
    return _ask(turn, turn.thread.form or {}, "form_unclear") if _is_unclear(turn, asks) else None


def _is_unclear(turn: Turn, asks: bool) -> bool:
    """Whether a message is no choice, and nothing else that could be answered either."""
    fits = [name for name, entry in turn.content.entries.items() if entry.fits]
    unclear = (_UNREAD,) if asks else (_UNREAD, _OUTSIDE, *fits)
    return bool(turn.words) and turn.intent in unclear and not turn.reason


def _typed(choices: Sequence[Choice], words: Sequence[str]) -> Choice | None:
    scores = [interest(words, choice.words) for choice in choices]
    best = max(scores)
    return choices[scores.index(best)] if best > 0 and scores.count(best) == 1 else None


def stop(turn: Turn) -> Reply:
    """The end of the form without a result."""
    return Reply(replace(turn.thread, form=None, offered=[]), prompt="form_stopped")


def _asked(turn: Turn) -> Question | None:
    """The open question; None where no form is open, or the content no longer has it."""
    return turn.content.questions.get((turn.thread.form or {}).get("asked", ""))


def _pressed(turn: Turn) -> tuple[Question, Choice | None] | None:
    """Question and choice that a button stands for, of whatever question it was."""
    for value in turn.entities.get("option", []):
        question = turn.content.questions.get(str(value).partition("/")[0])
        choice = _choice(question, str(value)) if question else None
        if question is not None and choice is not None:
            return question, choice
    return None


def _choice(question: Question, option: str) -> Choice | None:
    index = option.partition("/")[2]
    if not index.isdecimal() or int(index) >= len(question.choices):
        return None
    return question.choices[int(index)]


def _go_on(turn: Turn, question: Question, choice: Choice | None) -> Reply:
    """The next question, or the result after the last one."""
    made = dict((turn.thread.form or {}).get("choices", {}))
    made[question.id] = question.choices.index(choice) if choice else None
    names = list(turn.content.questions)
    following = names[names.index(question.id) + 1 :]
    if following:
        return _ask(turn, {"asked": following[0], "choices": made})
    return recommend(turn, made)


def _ask(
    turn: Turn, form: dict[str, object], prompt: str | None = None, thread: Thread | None = None
) -> Reply:
    content = turn.content
    question = content.questions[str(form["asked"])]
    options: list[Option] = [
        {"title": choice.title, "intent": CHOOSE, "option": f"{question.id}/{index}"}
        for index, choice in enumerate(question.choices)
    ]
    options.append({"title": content.prompts["form_skip"], "intent": SKIP})
    options.append({"title": content.prompts["form_stop"], "intent": STOP})
    text = question.question
    if prompt:
        text = content.prompts[prompt].format(question=text)
    after = replace(thread or turn.thread, form=form, offered=options, unsure=0)
    return Reply(after, [Message(text, PROMPT)], options=options, asks=True)
