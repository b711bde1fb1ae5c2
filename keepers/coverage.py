"""What the content covers: sections nobody uses, topics nobody asks for, answers grown old.

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
from content.schema import Reply
from keepers.copies import HOLDOUT
from tools.console import CommandError, guarded, table, wrapped

_MONTHS = 12
_DAYS_OF_A_MONTH = 30.44
_FULL, _EMPTY, _MISSING = "yes", "empty", "-"


def replies(content: Content) -> list[Reply]:
    """Every reply of aspects and entries."""
    found: list[Reply] = []
    for aspect in content.aspects.values():
        found += [*aspect.cells.values(), aspect.comparison]
    for entry in content.entries.values():
        found += [entry, *entry.fits]
    return found


def unused_sections(content: Content) -> list[str]:
    """Sections of the article that no reply names as its source."""
    used = {reply.source.section for reply in replies(content)}
    return [section for section in content.sections if section not in used]


def unused_references(content: Content) -> list[str]:
    """References of the article that no reply cites."""
    used = {reply.source.reference for reply in replies(content)}
    return [reference for reference in content.references if reference not in used]


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
    """Aspects and entries that no other topic names as related: only a question finds them."""
    topics = (*content.aspects.values(), *content.entries.values(), *content.gaps.values())
    named = {related for topic in topics for related in topic.related}
    return [name for name in (*content.aspects, *content.entries) if name not in named]


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
    """Aspects by roles: whether the article says something on it."""
    header = ("aspect", *(role.short for role in content.roles.values()), "both")
    rows = [
        (name, *(_cell(aspect.cells.get(role)) for role in content.roles), _cell(aspect.comparison))
        for name, aspect in content.aspects.items()
    ]
    return table(header, rows)


def _cell(reply: Reply | None) -> str:
    if reply is None:
        return _MISSING
    return _EMPTY if reply.empty else _FULL


def coverage(content: Content, labels: Counter[str], today: date, months: int) -> str:
    """All of it, for the terminal."""
    dates = reviews(content, today, months)
    unasked = [topic for topic in content.topic_ids if not labels[topic]]
    parts = [
        matrix(content),
        _listed("Sections that no answer uses", unused_sections(content)),
        _listed("References that no answer cites", unused_references(content)),
        _listed("Topics that no question of the hold-out reaches", unasked),
        _listed("Answers that no other topic leads to", not_led_to(content)),
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
