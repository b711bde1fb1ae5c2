"""Comparisons as tables."""

from __future__ import annotations

from collections.abc import Sequence

from actions.reply import Table
from content.loader import Content
from content.names import capital

_GISTS = 2  # in a cell


def table_of(content: Content, topic_id: str) -> Table | None:
    """The table of a topic that sets the roles side by side; None for any other."""
    topic = content.topics.get(topic_id)
    if topic is None:
        return None
    return table_of_rows(content, [topic_id] if topic.roles else topic.compares)


def table_of_parts(content: Content, ids: Sequence[str]) -> Table | None:
    """The table of what one of some statements lists, where that sets the roles side by side."""
    lists = (content.statements[each].parts for each in ids)
    parts = next((each for each in lists if each and all(map(content.is_grid, each))), [])
    return table_of_rows(content, parts)


def table_of_statements(content: Content, ids: Sequence[str]) -> Table | None:
    """The table with a row for each grid topic that begins with one of some statements.

    If none begins with one, that of the grid topic to which most of them belong.
    """
    rows = [
        name
        for name in content.topics
        if content.is_grid(name)
        and any(
            each.id in ids for role in content.roles for each in content.told_of(name, role)[:1]
        )
    ]
    counts: dict[str, int] = {}
    for each in ids:
        for topic in [name for name in dict(content.topics_of(each)) if content.is_grid(name)]:
            counts[topic] = counts.get(topic, 0) + 1
    most = [max(counts, key=lambda topic: counts[topic])] if counts else []
    return table_of_rows(content, rows or most)


def table_of_all(content: Content) -> Table | None:
    """The table of the topic that compares the roles in several aspects, if there is one."""
    compared = (topic.compares for topic in content.topics.values() if topic.compares)
    return table_of_rows(content, next(compared, []))


def table_of_rows(content: Content, topics: Sequence[str]) -> Table | None:
    """A table with a row for each grid topic."""
    if not topics:
        return None
    roles = list(content.roles.values())
    columns = [content.prompts["table_aspect"], *(capital(role.plural) for role in roles)]
    rows = [
        [str(content.topics[name].title), *(_cell(content, name, role.id) for role in roles)]
        for name in topics
    ]
    return Table(columns, rows)


def _cell(content: Content, topic: str, role: str) -> str:
    briefs = [each.brief or each.text for each in content.told_of(topic, role)]
    return "; ".join(briefs[:_GISTS])


def as_lines(table: Table) -> str:
    """The table for a channel that shows text alone."""
    rule = ["---"] * len(table.columns)
    return "\n".join(f"| {' | '.join(row)} |" for row in (table.columns, rule, *table.rows))
