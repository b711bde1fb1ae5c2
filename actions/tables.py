"""Comparisons as tables."""

from __future__ import annotations

from typing import NamedTuple

from actions.thread import Subject
from content.loader import Content


class Table(NamedTuple):
    """The roles side by side: a column for each, a row for each aspect."""

    columns: list[str]
    rows: list[list[str]]
    aspects: list[str]


def table_of(content: Content, subject: Subject) -> Table | None:
    """The table of a subject that sets the roles side by side; None for any other."""
    aspects = _compared(content, subject)
    if not aspects:
        return None
    roles = list(content.roles.values())
    columns = [content.prompts["table_aspect"], *(role.plural for role in roles)]
    rows = [
        [content.aspects[name].title, *(_brief(content, name, role.id) for role in roles)]
        for name in aspects
    ]
    return Table(columns, rows, aspects)


def as_lines(table: Table) -> list[str]:
    """The table for a channel that shows text alone: a line for each cell, below its row's title.

    A single row needs no title: what it is about has just been said.
    """
    lines = []
    for title, *cells in table.rows:
        if len(table.rows) > 1:
            lines.append(f"{title}:")
        named = zip(table.columns[1:], cells, strict=True)
        lines += [f"  {column}: {cell}" for column, cell in named]
    return lines


def _compared(content: Content, subject: Subject) -> list[str]:
    if subject.topic in content.aspects:
        return [] if subject.role else [subject.topic]
    entry = content.entries.get(subject.topic)
    return list(entry.compares) if entry else []


def _brief(content: Content, aspect: str, role: str) -> str:
    cell = content.aspects[aspect].cells[role]
    return str(cell.brief or cell.short)
