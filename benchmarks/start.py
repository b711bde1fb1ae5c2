"""What training, starting and answering cost on this machine.

Everything runs on loopback, on free ports, with a model, a cache and conversations of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.console import BenchmarkError, guarded, table
from benchmarks.evaluation import questions
from benchmarks.model import load_agent, spread, timed_parses
from benchmarks.processes import Cost, run_measured
from benchmarks.serving import serving
from content.loader import load
from tools import launch

_TRAIN_SECONDS = 900.0
_TURN_SECONDS = 30
_TURNS = 300
_REPEATED_TEXTS = 20
_TURNS_OF_A_CONVERSATION = 10
_WARM_UP = 5
_MODEL = "benchmark"
_SEED = 1

Row = tuple[str, str]
Ask = Callable[[str, str], None]


def train(folder: Path) -> Cost:
    """Trains the assistant with an empty cache; the model is then in the folder."""
    command = launch.rasa("train", "--skip-validation", "--force", "--out", str(folder))
    command += ["--fixed-model-name", _MODEL]
    variables = {"RASA_CACHE_DIRECTORY": str(folder / "cache")}
    log = launch.RUN / "bench-train.log"
    cost = run_measured(command, log, _TRAIN_SECONDS, variables)
    if not _model(folder).exists():
        raise BenchmarkError(f"no model was trained; the reason stands at the end of {log}")
    return cost


def _model(folder: Path) -> Path:
    return folder / f"{_MODEL}.tar.gz"


def texts_to_ask() -> tuple[list[str], list[str]]:
    """Distinct texts, and the same number of turns with a few texts over and over.

    They are questions with an answer that the model was not trained on, typing errors and all.
    """
    texts = sorted({question.text for question in questions() if not question.is_open})
    distinct = random.Random(_SEED).sample(texts, min(_TURNS, len(texts)))  # noqa: S311
    repeated = [distinct[turn % _REPEATED_TEXTS % len(distinct)] for turn in range(_TURNS)]
    return distinct, repeated


@contextlib.contextmanager
def running(folder: Path) -> Iterator[str]:
    """Starts both servers as `make serve` does, and ends them; gives the address to ask at."""
    store = {"type": "SQL", "dialect": "sqlite", "db": str(folder / "conversations.db")}
    with serving(_model(folder), store, folder) as base:
        yield f"{base}/webhooks/rest/webhook"


def asker(address: str) -> Ask:
    """A function that sends a sender's message and waits for the reply."""

    def ask(sender: str, text: str) -> None:
        body = json.dumps({"sender": sender, "message": text}).encode()
        request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=_TURN_SECONDS) as response:
            if not json.load(response):
                raise BenchmarkError("the assistant left a message without a reply")

    return ask


def turn_times(ask: Ask, name: str, texts: Sequence[str]) -> list[float]:
    """Milliseconds of each turn, in conversations of ten turns, one after the other."""
    times = []
    for index, text in enumerate(texts):
        started = time.perf_counter()
        ask(f"{name}-{index // _TURNS_OF_A_CONVERSATION}", text)
        times.append(1000 * (time.perf_counter() - started))
    return times


def _over_http(folder: Path, distinct: Sequence[str], repeated: Sequence[str]) -> list[Row]:
    started = time.monotonic()
    with running(folder) as address:
        ask = asker(address)
        ask("first", distinct[0])
        seconds = time.monotonic() - started
        turn_times(ask, "warm-up", distinct[:_WARM_UP])
        return [
            ("server start to first answer, s", f"{seconds:.1f}"),
            _times_row("turn over HTTP, distinct texts", turn_times(ask, "distinct", distinct)),
            _times_row("turn over HTTP, repeated texts", turn_times(ask, "repeated", repeated)),
        ]


def _in_process(folder: Path, distinct: Sequence[str], repeated: Sequence[str]) -> list[Row]:
    agent = load_agent(_model(folder))
    timed_parses(agent, [distinct[0]] * _WARM_UP)
    return [
        _times_row("understanding alone, distinct texts", timed_parses(agent, distinct)[1]),
        _times_row("understanding alone, repeated texts", timed_parses(agent, repeated)[1]),
    ]


def _times_row(name: str, times: Sequence[float]) -> Row:
    return f"{name}, ms p50 / p95", spread(times)


def _work() -> None:
    load()  # so that a fault in the content is told at once, and by its name
    distinct, repeated = texts_to_ask()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        load_before = os.getloadavg()[0]
        print("Training ...", flush=True)
        cost = train(folder)
        rows = [
            ("other work before (load average), of cores", f"{load_before:.1f} / {os.cpu_count()}"),
            ("cold training, s", f"{cost.seconds:.1f}"),
            ("  peak memory, MB", f"{cost.peak_mb:.0f}"),
        ]
        print("Starting, and asking ...", flush=True)
        rows += _over_http(folder, distinct, repeated)
        rows += _in_process(folder, distinct, repeated)
    print(f"\n{table(('On this machine', ''), rows)}")


def main() -> int:
    """Command line: `python -m benchmarks.start`."""
    return guarded(_work)


if __name__ == "__main__":
    sys.exit(main())
