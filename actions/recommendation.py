"""What the guided form's choices lead to: a role with its reasons, a tie, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions.options import FORM, next_options
from actions.thread import Subject
from actions.turn import ANSWER, Message, Reply, Turn
from content.loader import Content
from content.schema import Choice, Entry


def recommend(turn: Turn, made: Mapping[str, int | None]) -> Reply:
    """The role that the choices speak for, and what could be asked next of it.

    Args:
        turn: the visitor's message.
        made: place of the choice made in each question; None where it was skipped.
    """
    content = turn.content
    entry = next(entry for entry in content.entries.values() if entry.fits)
    choices = [choice for choice in _chosen(content, made) if choice.weights]
    best = _best(content, choices)
    subject = Subject(entry.id, best[0] if len(best) == 1 else None)
    message = Message(_text(content, entry, choices, best), ANSWER, subject)
    thread = replace(turn.thread, form=None).told(subject, subject.role is not None)
    options = [each for each in next_options(content, thread, subject) if each["intent"] != FORM]
    return Reply.telling(thread, [message], options)


def _chosen(content: Content, made: Mapping[str, int | None]) -> list[Choice]:
    chosen = []
    for name, index in made.items():
        question = content.questions.get(name)
        if question is not None and index is not None and index < len(question.choices):
            chosen.append(question.choices[index])
    return chosen


def _best(content: Content, choices: Sequence[Choice]) -> list[str]:
    totals = {
        role: sum(choice.weights.get(role, 0) for choice in choices) for role in content.roles
    }
    return [role for role, total in totals.items() if total == max(totals.values())]


def _text(content: Content, entry: Entry, choices: Sequence[Choice], best: Sequence[str]) -> str:
    prompts = content.prompts
    if not choices:
        return prompts["form_open"]
    if len(best) > 1:
        return prompts["form_tie"].format(reasons=_reasons(choices))
    other = next(role for role in content.roles if role != best[0])
    against = [choice for choice in choices if best[0] not in choice.weights]
    fit = entry.fit(other)
    return prompts["form_result_mixed" if against else "form_result"].format(
        field=content.roles[best[0]].field,
        reasons=_reasons([choice for choice in choices if choice not in against]),
        other=content.roles[other].field,
        against=_reasons(against),
        appeal=fit.appeal if fit else "",
    )


def _reasons(choices: Sequence[Choice]) -> str:
    return " ".join(str(choice.reason) for choice in choices)
