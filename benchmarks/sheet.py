"""A sheet of figures: a column for each bot, and how it compares with the last one, the floor."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

Figures = Mapping[str, float | None]


def rows(columns: Mapping[str, Figures]) -> tuple[list[str], list[list[str]]]:
    """Header and rows of the table.

    Args:
        columns: figures of each bot by what they tell; the last bot is the floor.
    """
    *others, floor = columns
    header = ["", *columns, *(f"{name} / {floor}" for name in others)]
    labels = dict.fromkeys(label for figures in columns.values() for label in figures)
    return header, [_row(label, columns, others, floor) for label in labels]


def _row(
    label: str, columns: Mapping[str, Figures], others: Sequence[str], floor: str
) -> list[str]:
    value = {name: figures.get(label) for name, figures in columns.items()}
    ratios = [ratio(value[name], value[floor]) for name in others]
    return [
        label,
        *map(number, value.values()),
        *("-" if each is None else f"{each:.2f}" for each in ratios),
    ]


def ratio(value: float | None, floor: float | None) -> float | None:
    """How often the floor goes into a value; None where one of them is missing, or 0 the floor."""
    return None if value is None or not floor else value / floor


def number(value: float | None) -> str:
    """A figure as people read it."""
    if value is None:
        return "-"
    return f"{value:.1f}" if abs(value) < 100 and value % 1 else f"{value:,.0f}"


def percentile(values: Iterable[float], rank: float) -> float | None:
    """The percentile of that rank (0 to 100); None of nothing."""
    known = list(values)
    return float(np.percentile(known, rank)) if known else None


def markdown(header: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """The table in Markdown."""
    rule = ["---", *("---:" for _ in header[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *body))


def machine() -> str:
    """This machine in a line, without its name."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{os.cpu_count()} cores ({_processor()}), {gigabytes:.0f} GB, "
        f"{platform.system()}, Python {platform.python_version()}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
