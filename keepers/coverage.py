"""What the content covers: statements nobody is told, topics nobody asks for, old reviews.

Of the hold-out only the labels are read and counted, never a question.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from content.loader import Content, load
from content.schema import Statement
from keepers.copies import HOLDOUT
from tools.console import CommandError, guarded, table, wrapped

_MONTHS = 12
_DAYS_OF_A_MONTH = 30.44
_OPEN = "open"


def unused_sections(content: Content) -> list[str]:
    """Sections of the article that no statement is from."""
    used = {content.section_of(statement).id for statement in content.statements}
    return [section for section in content.sections if section not in used]


def unused_references(content: Content) -> list[str]:
    """References of the article that no statement rests on."""
    used = {
        each.source.reference for each in content.statements.values() if each.source is not None
    }
    return [reference for reference in content.references if reference not in used]


def untold(content: Content) -> list[str]:
    """Statements that no topic tells: only a question for just that brings them up."""
    return [each for each in content.statements if not content.topics_of(each)]


def left_open(content: Content) -> list[str]:
    """Statements that say what the article leaves out."""
    return [each.id for each in content.statements.values() if each.open]


def without_an_answer(content: Content) -> list[str]:
    """Topics that tell nothing but what the article leaves out: they had better be gaps."""
    told = {topic: content.told_of(topic, None) for topic in content.topics}
    return [topic for topic, statements in told.items() if all(each.open for each in statements)]


def holdout_labels(folder: Path = HOLDOUT) -> Counter[str]:
    """How many questions of the hold-out each intent has.

    Raises:
        CommandError: if a line is no question.
    """
    counts: Counter[str] = Counter()
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                if line.strip():
                    counts[json.loads(line)["intent"]] += 1
            except (ValueError, KeyError, TypeError):
                raise CommandError(f"{path}:{number}: not a question with an intent") from None
    return counts


def not_led_to(content: Content) -> list[str]:
    """Topics that no other one names as related: only a question finds them."""
    topics = (*content.topics.values(), *content.gaps.values())
    named = {related for topic in topics for related in topic.related}
    return [name for name in content.topics if name not in named]


def reviews(content: Content, today: date, months: int) -> dict[str, list[str]]:
    """Topics by what is wrong with the day of their review: never, old, in the future."""
    found: dict[str, list[str]] = {"never": [], "old": [], "in the future": []}
    for topic_id in content.topic_ids:
        topic = content.topic(topic_id)
        day = topic.reviewed if topic else None
        if day is None:
            found["never"].append(topic_id)
        elif day > today:
            found["in the future"].append(topic_id)
        elif (today - day).days > months * _DAYS_OF_A_MONTH:
            found["old"].append(f"{topic_id} ({day})")
    return found


def matrix(content: Content) -> str:
    """Topics by roles: how many statements are told, and whether they leave it open."""
    header = ("topic", *(role.short for role in content.roles.values()), "both")
    rows = [
        (name, *(_cell(content.told_of(name, role)) for role in (*content.roles, None)))
        for name in content.topics
        if content.is_grid(name)
    ]
    return table(header, rows)


def _cell(statements: Sequence[Statement]) -> str:
    return _OPEN if all(each.open for each in statements) else str(len(statements))


def coverage(content: Content, labels: Counter[str], today: date, months: int) -> str:
    """All of it, for the terminal."""
    dates = reviews(content, today, months)
    unasked = [topic for topic in content.topic_ids if not labels[topic]]
    parts = [
        matrix(content),
        _listed("Sections that no statement is from", unused_sections(content)),
        _listed("References that no statement rests on", unused_references(content)),
        _listed("Statements that no topic tells", untold(content)),
        _listed("Statements of what the article leaves open", left_open(content)),
        _listed("Topics that tell nothing but that", without_an_answer(content)),
        _listed("Topics that no question of the hold-out reaches", unasked),
        _listed("Topics that no other topic leads to", not_led_to(content)),
        _listed(f"Reviewed more than {months} months ago", dates["old"]),
        _listed("Reviewed on a day to come", dates["in the future"]),
        _listed("Never reviewed", dates["never"]),
    ]
    return "\n\n".join(parts)


def _listed(heading: str, names: Sequence[str] | Iterable[str]) -> str:
    names = list(names)
    return f"{heading}: {len(names)}" + (f"\n{wrapped(', '.join(names), '  ')}" if names else "")


def _work(options: argparse.Namespace) -> None:
    print(coverage(load(), holdout_labels(), date.today(), options.months))


def main() -> int:
    """Command line: `python -m keepers.coverage [--months N]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--months", type=int, default=_MONTHS, help=f"after which a review is old ({_MONTHS})"
    )
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
