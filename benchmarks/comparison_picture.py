"""The comparison as a picture. Imported on demand: matplotlib takes a second."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.holdout_pictures import pyplot, save
from benchmarks.measuring import CLIENTS, KINDS, Measured, times_of, turns_a_second

_DOTS_PER_INCH = 75
_SMOOTHED_TURNS = 9
_BAR = 0.27
_COLOURS = ("tab:blue", "tab:orange", "tab:grey")


def draw(everyone: Sequence[Measured], path: Path) -> None:
    """Writes four diagrams in one file: times, throughput, a long conversation, memory."""
    figure, axes = pyplot.subplots(2, 2, figsize=(10, 7))
    _draw_times(axes[0][0], everyone)
    _draw_throughput(axes[0][1], everyone)
    _draw_long(axes[1][0], everyone)
    _draw_memory(axes[1][1], everyone)
    axes[0][0].legend(fontsize=8)
    save(figure, path, _DOTS_PER_INCH)


def _draw_times(axes: Any, everyone: Sequence[Measured]) -> None:
    for number, each in enumerate(everyone):
        times = [times_of(each.loads[clients, KINDS[0]]) or [0.0] for clients in CLIENTS]
        middle, high = (np.array([np.percentile(t, rank) for t in times]) for rank in (50, 95))
        _bars(axes, number, middle, each.bot.name, yerr=[np.zeros(len(middle)), high - middle])
    axes.set_xticks(range(len(CLIENTS)), CLIENTS)
    axes.set(title="A turn: ms p50, up to p95", xlabel="clients at once")


def _draw_throughput(axes: Any, everyone: Sequence[Measured]) -> None:
    for number, each in enumerate(everyone):
        rates = [turns_a_second(each.loads[clients, KINDS[0]]) or 0.0 for clients in CLIENTS]
        _bars(axes, number, rates, each.bot.name)
    axes.set_xticks(range(len(CLIENTS)), CLIENTS)
    axes.set(title="Answered turns a second", xlabel="clients at once")


def _draw_long(axes: Any, everyone: Sequence[Measured]) -> None:
    for number, each in enumerate(everyone):
        smooth = [
            np.median(each.long[max(0, turn + 1 - _SMOOTHED_TURNS) : turn + 1])
            for turn in range(len(each.long))
        ]
        axes.plot(range(1, len(smooth) + 1), smooth, color=_COLOURS[number])
    axes.set(title="One long conversation: ms of a turn", xlabel="turn", ylim=(0, None))
    axes.grid(alpha=0.3)


def _draw_memory(axes: Any, everyone: Sequence[Measured]) -> None:
    labels = ("server,\nfirst", "server,\nend", "actions,\nfirst", "actions,\nend")
    for number, each in enumerate(everyone):
        before, after = each.memory
        values = [before.server, after.server, before.actions, after.actions]
        _bars(axes, number, values, each.bot.name)
    axes.set_xticks(range(len(labels)), labels)
    axes.set(title="Memory, MB")


def _bars(axes: Any, number: int, values: Any, name: str, **options: Any) -> None:
    places = np.arange(len(values)) + (number - 1) * _BAR
    axes.bar(places, values, _BAR, label=name, color=_COLOURS[number], capsize=3, **options)
    axes.grid(axis="y", alpha=0.3)
