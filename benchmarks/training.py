"""Trains a model aside, as if nothing had been trained on this machine before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.processes import Cost, run_measured
from tools.console import CommandError

_MODEL = "benchmark"


def train(
    command: Sequence[str], out: Path, log: Path, limit: float, folder: Path | None = None
) -> Cost:
    """Trains with an empty cache; the model is then `archive(out)`.

    Args:
        command: command line of `rasa train`, without the place of the model.
        out: receives the model.
        log: receives the output.
        limit: seconds after which it is ended.
        folder: where it runs; in this one if not given.

    Raises:
        CommandError: if no model comes of it.
    """
    command = [*command, "--out", str(out), "--fixed-model-name", _MODEL]
    variables = {"RASA_CACHE_DIRECTORY": str(out / "cache")}
    cost = run_measured(command, log, limit, variables, folder)
    if not archive(out).exists():
        raise CommandError(f"no model was trained; the reason stands at the end of {log}")
    return cost


def archive(out: Path) -> Path:
    """The model that `train` leaves in a folder."""
    return out / f"{_MODEL}.tar.gz"
