"""Whether the items of the content fit together: every fault of one item against others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from content.draft import Draft
from content.schema import ANSWER_WORDS, Gap, Question, Role, Statement, Topic


def cross_check(draft: Draft) -> None:
    """Adds a fault for everything that does not fit with something else."""
    items = draft.items
    for role in items["roles"].values():
        _check_names(draft, role)
    for statement in items["statements"].values():
        _check_statement(draft, statement)
    _check_titles(draft)
    for topic in items["topics"].values():
        _check_topic(draft, topic)
    for question in items["questions"].values():
        _check_choices(draft, question)
    _check_form(draft)


def _check_ids(
    draft: Draft, place: tuple[str, str, tuple[Any, ...]], ids: Sequence[str], kind: str
) -> None:
    """Whether a list at a place of an item names things of a kind that exist, each once."""
    of, item_id, path = place
    for index, each in enumerate(ids):
        if each not in draft.ids[kind]:
            draft.fault(of, item_id, (*path, index), f"no {kind[:-1]} has the id '{each}'")
        elif each in ids[:index]:
            draft.fault(of, item_id, (*path, index), f"'{each}' is named twice")


def _check_names(draft: Draft, role: Role) -> None:
    for other in draft.items["roles"].values():
        if other.id == role.id:
            break
        others = {name.lower() for name in other.all_names}
        for index, name in enumerate(role.names):
            if name.lower() in others:
                draft.fault("roles", role.id, ("names", index), f"'{name}' is '{other.id}' too")


def _check_statement(draft: Draft, statement: Statement) -> None:
    place = "statements", statement.id
    for other in draft.items["statements"].values():
        if other.id == statement.id:
            break
        if other.text.lower() == statement.text.lower():
            draft.fault(*place, ("text",), f"'{other.id}' says the same")
    for index, part in enumerate(statement.parts):
        if part not in draft.ids["topics"] | draft.ids["statements"]:
            message = f"no topic and no statement has the id '{part}'"
            draft.fault(*place, ("parts", index), message)
        elif part in (statement.id, *statement.parts[:index]):
            draft.fault(*place, ("parts", index), f"'{part}' is named twice, or is this one")
    if statement.role is not None and statement.role not in draft.ids["roles"]:
        draft.fault(*place, ("role",), f"no role has the id '{statement.role}'")
    for name, known in (("section", "sections"), ("reference", "references")):
        value = getattr(statement.source, name, None)
        if value is not None and value not in draft.ids[known]:
            draft.fault(*place, ("source", name), f"no {name} has the id '{value}'")


def _check_titles(draft: Draft) -> None:
    """What topics and gaps have in common: ids and titles of their own, and related topics."""
    titles: dict[str, str] = {}
    for kind in ("topics", "gaps"):
        for item_id, item in draft.items[kind].items():
            if kind == "gaps" and item_id in draft.ids["topics"]:
                draft.fault(kind, item_id, ("id",), "id is used in topics too")
            first = titles.setdefault(item.title.lower(), item_id)
            if first != item_id:
                draft.fault(kind, item_id, ("title",), f"'{first}' has the same title")
            _check_related(draft, kind, item)


def _check_related(draft: Draft, kind: str, item: Topic | Gap) -> None:
    for index, related in enumerate(item.related):
        where = ("related", index)
        if related == item.id:
            draft.fault(kind, item.id, where, "names the topic itself")
        elif related in draft.ids["topics"]:
            continue
        elif related in draft.ids["gaps"]:
            draft.fault(kind, item.id, where, f"'{related}' is a gap, not an answer")
        else:
            draft.fault(kind, item.id, where, f"no topic has the id '{related}'")


def _check_topic(draft: Draft, topic: Topic) -> None:
    for name in ("statements", "shared"):
        _check_ids(draft, ("topics", topic.id, (name,)), getattr(topic, name), "statements")
    if topic.roles:
        _check_grid(draft, topic)
    _check_ids(draft, ("topics", topic.id, ("compares",)), topic.compares, "topics")
    for index, name in enumerate(topic.compares):
        other = draft.items["topics"].get(name)
        if other is not None and not other.roles:
            message = f"'{name}' does not set the roles side by side"
            draft.fault("topics", topic.id, ("compares", index), message)


def _check_grid(draft: Draft, topic: Topic) -> None:
    for role in sorted(draft.ids["roles"] - set(topic.roles)):
        draft.fault("topics", topic.id, ("roles",), f"nothing is told of '{role}'")
    for role, ids in topic.roles.items():
        where = ("roles", role)
        if role not in draft.ids["roles"]:
            draft.fault("topics", topic.id, where, "no role has this id")
            continue
        if not ids:
            draft.fault("topics", topic.id, where, "is empty: name at least one")
        _check_ids(draft, ("topics", topic.id, where), ids, "statements")
        _check_cell(draft, topic, role)


def _check_cell(draft: Draft, topic: Topic, role: str) -> None:
    """Whether the statements on a role fit it, and a table."""
    others = draft.ids["roles"] - {role}
    for index, each in enumerate(topic.roles[role]):
        statement = draft.items["statements"].get(each)
        if statement is None:
            continue
        where = ("roles", role, index)
        if statement.role in others:
            draft.fault("topics", topic.id, where, f"'{each}' is about '{statement.role}'")
        if statement.brief is None:
            draft.fault("topics", topic.id, where, f"'{each}' needs a 'brief' for the table")


def _check_choices(draft: Draft, question: Question) -> None:
    for index, choice in enumerate(question.choices):
        where = ("choices", index)
        for role in choice.weights:
            if role not in draft.ids["roles"]:
                path = (*where, "weights", role)
                draft.fault("questions", question.id, path, "no role has this id")
        place = ("questions", question.id, (*where, "statements"))
        _check_ids(draft, place, choice.statements, "statements")


def _check_form(draft: Draft) -> None:
    """Whether the guided form's longest result, a reason for each choice, is no longer than any."""
    total = 0
    for question in draft.items["questions"].values():
        first = [choice.statements[0] for choice in question.choices if choice.statements]
        statements = draft.items["statements"]
        known = [statements[each] for each in first if each in statements]
        total += max((len(each.text.split()) for each in known), default=0)
        if total > ANSWER_WORDS[1]:
            message = f"with this question a result has up to {total} words of reasons"
            message += f"; must have at most {ANSWER_WORDS[1]}: take shorter statements first"
            draft.fault("questions", question.id, ("choices",), message)
            return
