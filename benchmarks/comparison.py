"""This assistant beside Rasa's suggested configuration and a bare Rasa bot, on this machine.

All three run on loopback, on free ports, with models and conversations of their own. They are asked
in turns, so that whatever else the machine does hits them alike.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path

from benchmarks import sheet
from benchmarks.bots import Bot, bare, own, suggested, trained
from benchmarks.clients import Conversation
from benchmarks.holdout_questions import OPEN_PREFIXES
from benchmarks.measuring import CLIENTS, KINDS, MARK_TURNS, Measured
from content.loader import load
from keepers.nlu_files import read_examples
from nlu.intent_model import is_open
from tools.console import CommandError, guarded, table
from tools.launch import RUN

_RESULT = Path("benchmarks") / "result.md"
_OTHER_RESULT = RUN / "bench-result.md"
_SEED = 1
_REPEATED_TEXTS = 20
_TURNS_OF_A_CONVERSATION = 5
_WARM_UP = 20
_FILLING_CLIENTS = 4
_LONG_STEP = 20
_LOAD_SECONDS = 120
_FILL_SECONDS = 900
_LONG_SECONDS = 120  # of each step


@dataclass(frozen=True)
class Size:
    """How much is done.

    Attributes:
        epochs: that DIET is trained for.
        starts: how often each bot is started.
        rounds: how often all bots are asked at each number of clients.
        load_turns: turns of a bot in each of these.
        turns: between the first look at the memory and the second.
        long_turns: of one long conversation.
    """

    epochs: int
    starts: int
    rounds: int
    load_turns: int
    turns: int
    long_turns: int


_FULL = Size(epochs=100, starts=3, rounds=5, load_turns=160, turns=10_000, long_turns=400)
_SHORT = Size(epochs=3, starts=1, rounds=1, load_turns=80, turns=500, long_turns=100)


def texts_to_ask() -> list[str]:
    """All training examples of topics that have an answer, each once, shuffled.

    Raises:
        CommandError: if they are too few for all turns that need a text of their own.
    """
    topics = {topic for topic in load().topic_ids if not is_open(topic, OPEN_PREFIXES)}
    texts = sorted({each.text for each in read_examples() if each.intent in topics})
    needed = _REPEATED_TEXTS + _FULL.rounds * len(CLIENTS) * _FULL.load_turns
    if len(texts) < needed:
        raise CommandError(f"data/nlu has {len(texts)} answerable questions; {needed} are needed")
    random.Random(_SEED).shuffle(texts)  # noqa: S311
    return texts


def conversations(texts: Sequence[str]) -> Iterator[Conversation]:
    """The texts as conversations of a few turns."""
    for start in range(0, len(texts), _TURNS_OF_A_CONVERSATION):
        yield Conversation(texts[start : start + _TURNS_OF_A_CONVERSATION])


def measure(bots: Sequence[Bot], texts: Sequence[str], size: Size) -> list[Measured]:
    """Trains, starts and asks all bots."""
    everyone = [_trained(bot) for bot in bots]
    print("Starting, and asking for the first time ...", flush=True)
    for _ in range(size.starts - 1):
        for each in everyone:
            with contextlib.ExitStack() as stack:
                each.start(stack, texts[0])
    with contextlib.ExitStack() as stack:
        for each in everyone:
            each.start(stack, texts[0])
        _measure_memory(everyone, texts, size)
        _measure_long(everyone, texts, size)
    return everyone


def _trained(bot: Bot) -> Measured:
    print(f"{bot.name}: training ...", flush=True)
    return Measured(bot, trained(bot), load().prompts["failure"])


def _measure_memory(everyone: Sequence[Measured], texts: Sequence[str], size: Size) -> None:
    repeated, distinct = texts[:_REPEATED_TEXTS], texts[_REPEATED_TEXTS:]
    for each in everyone:
        each.talk(conversations(repeated[:_WARM_UP]), 1, _LOAD_SECONDS)
        each.note_memory()
    _measure_loads(everyone, repeated, distinct, size)
    print(f"Asking until each has answered {size.turns:,} turns ...", flush=True)
    for each in everyone:
        left = size.turns - (each.answered - each.memory[0].turns)
        filling = list(itertools.islice(itertools.cycle(distinct), max(0, left)))
        each.talk(conversations(filling), _FILLING_CLIENTS, _FILL_SECONDS)
        each.note_memory()


def _measure_loads(
    everyone: Sequence[Measured], repeated: Sequence[str], distinct: Sequence[str], size: Size
) -> None:
    sources = dict(zip(KINDS, (iter(distinct), itertools.cycle(repeated)), strict=True))
    for number in range(size.rounds):
        print(f"Asking, round {number + 1} of {size.rounds} ...", flush=True)
        for clients, kind in itertools.product(CLIENTS, KINDS):
            texts = list(itertools.islice(sources[kind], size.load_turns))
            for each in everyone:
                done = each.talk(conversations(texts), clients, _LOAD_SECONDS)
                each.loads[clients, kind].append(done)


def _measure_long(everyone: Sequence[Measured], texts: Sequence[str], size: Size) -> None:
    print("Having one long conversation with each ...", flush=True)
    for start in range(0, size.long_turns, _LONG_STEP):
        step = texts[start : start + _LONG_STEP]
        for each in everyone:
            each.long += each.talk([Conversation(step, "long")], 1, _LONG_SECONDS).times


def notes(everyone: Sequence[Measured], size: Size) -> list[str]:
    """What a reader of the figures has to know."""
    found = [
        "Own: this assistant as `make serve` starts it. Suggested: its training data, rules and "
        "actions under the pipeline that Rasa suggests, with plain `rasa run` and SQLite. Bare: "
        "one keyword, one rule, one custom action, likewise; the last columns compare with it.",
        f"Turns: over Rasa's REST channel, in {size.rounds} round(s), in conversations of "
        f"{_TURNS_OF_A_CONVERSATION} turns. Distinct texts were not asked before; the repeated "
        f"ones are {_REPEATED_TEXTS}, over and over. Both are examples of the training data. "
        f"A mark of the long conversation is the median of {MARK_TURNS} turns.",
        "Clients, servers and action servers share the cores. Start: median of "
        f"{size.starts}. Memory: resident.",
    ]
    if size.epochs != _FULL.epochs:
        found.append(
            "Training of the suggested pipeline was cut short: its training time is not what it "
            "takes in full, and it understands less than it could. The turns cost the same."
        )
    if _is_short(size):
        found.append("A short run: too few turns for a judgement.")
    kept = [each.bot.name for each in everyone if each.training.is_kept]
    found += [f"{name}: the training figures are those of an earlier run." for name in kept]
    return found


def _is_short(size: Size) -> bool:
    return size != replace(_FULL, epochs=size.epochs)


def _write(everyone: Sequence[Measured], size: Size, about: str) -> Path:
    """Keeps the result: beside this file if all turns were asked, else where git does not look."""
    from benchmarks.comparison_picture import draw  # matplotlib takes a second

    path = _OTHER_RESULT if _is_short(size) else _RESULT
    picture = path.with_suffix(".png")
    header, body = sheet.rows({each.bot.name: each.figures() for each in everyone})
    told = "\n".join(f"- {note}" for note in notes(everyone, size))
    parts = [
        "# This assistant, Rasa's suggested configuration, and a bare Rasa bot",
        f"The last result of `make bench`: {about}",
        f"![The same as a picture]({picture.name})",
        sheet.markdown(header, body),
        told,
    ]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    draw(everyone, picture)
    return path


def _work(options: argparse.Namespace) -> None:
    size = _SHORT if options.short else _FULL
    if options.epochs:
        size = replace(size, epochs=_count("EPOCHS", options.epochs))
    if options.turns:
        size = replace(size, turns=_count("TURNS", options.turns))
    texts = texts_to_ask()
    about = (
        f"{datetime.now(timezone.utc):%d %B %Y}, {sheet.machine()}, "
        f"load average before {os.getloadavg()[0]:.1f}."
    )
    with tempfile.TemporaryDirectory() as name:
        everyone = measure(_bots(Path(name), size.epochs), texts, size)
    header, body = sheet.rows({each.bot.name: each.figures() for each in everyone})
    print(f"\n{about}\n\n{table(header, body, fits=False)}\n")
    print("\n".join(notes(everyone, size)))
    print(f"Kept in {_write(everyone, size, about)}")


def _bots(folder: Path, epochs: int) -> list[Bot]:
    folders = [folder / name for name in ("own", "suggested", "bare")]
    for each in folders:
        each.mkdir()
    return [own(folders[0]), suggested(folders[1], epochs), bare(folders[2])]


def _count(name: str, value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise CommandError(f"{name}={value} is not a whole number from 1 on.")
    return int(value)


def main() -> int:
    """Command line: `python -m benchmarks.comparison [--short] [--epochs N] [--turns N]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few turns, DIET hardly trained")
    parser.add_argument("--epochs", help="that DIET is trained for (100; short: 3)")
    parser.add_argument("--turns", help="until memory is looked at again (10,000; short: 500)")
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
