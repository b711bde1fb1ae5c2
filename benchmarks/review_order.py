"""How soon a review shows what was answered wrongly, on conversations held with the real server.

The conversations are those of `tests/server/dialogues`, by people who had not seen the assistant,
each turn with what its reply must and must not have; a reply is wrong if it does not have that.
Nothing of `keepers` is asked for it. `--drive` holds them first, and as many by visitors who ask
what the training data has as there have to be besides.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import yaml

from benchmarks.made_up_visits import drive, send, visits
from benchmarks.serving import serving
from content.loader import load
from keepers.review import watched
from keepers.signs import SIGNS
from keepers.store import Period
from keepers.suspects import Suspect, queue
from tests.server.script import Script, found, read_scripts, unmet
from tools.console import guarded, percent, table
from tools.stores import open_store
from tools.train import train_if_changed

DIALOGUES = Path("tests/server/dialogues")
_CLIENTS = 2
_FIRST = 100

#: A question by its sender and time.
Key = tuple[str, float]


def scripts() -> list[Script]:
    """All dialogues, in the order of their files."""
    return [each for path in sorted(DIALOGUES.glob("*.yml")) for each in read_scripts(path)]


def hold(base: str, count: int) -> None:
    """Holds the dialogues, and other visits until there are so many conversations."""
    written = scripts()[:count]

    def talk(number: int) -> None:
        for turn in written[number].turns:
            if turn.user is not None:
                send(base, f"dialogue-{number}", turn.user)

    with ThreadPoolExecutor(_CLIENTS) as pool:
        list(pool.map(talk, range(len(written))))
    drive(base, visits(count - len(written)))


def stored(database: Path) -> Iterator[tuple[str, list[tuple[str, float, str]]]]:
    """Of each visitor what was typed, when, and the reply, read by plain SQL."""
    said: dict[str, list[tuple[str, float, str]]] = {}
    query = (
        "SELECT sender_id, timestamp, data FROM events "
        "WHERE type_name IN ('user', 'bot') ORDER BY id"
    )
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        for sender, time, data in connection.execute(query):
            event = json.loads(data)
            if event["event"] == "user":
                said.setdefault(sender, []).append((event["text"], time, ""))
            else:
                text, asked, reply = said[sender][-1]
                said[sender][-1] = (text, asked, f"{reply}\n{event.get('text') or ''}".strip())
    yield from said.items()


def judged(database: Path) -> dict[Key, bool]:
    """Whether each reply is wrong, of conversations that were held as a dialogue says."""
    by_start: dict[str | None, Script] = {}
    for script in scripts():
        by_start.setdefault(script.turns[0].user, script)
    found_of: dict[Key, bool] = {}
    for sender, said in stored(database):
        started = by_start.get(said[0][0])
        for (text, time, reply), turn in zip(said, started.turns if started else (), strict=False):
            if turn.user != text:
                break
            if turn.must or turn.banned:
                banned = any(found(pattern, reply) for pattern in turn.banned)
                found_of[sender, time] = banned or bool(unmet(turn.must, reply))
    return found_of


def measured(suspects: Sequence[Suspect], is_wrong: Mapping[Key, bool], seed: int = 1) -> str:
    """The figures, of the questions that somebody judged; a fifth of them wrong."""
    keys = {(each.turn.sender, each.turn.time): each for each in suspects}
    known = [each for key, each in keys.items() if key in is_wrong]
    wrong = [each for each in known if is_wrong[each.turn.sender, each.turn.time]]
    right = [each for each in known if each not in wrong]
    chance = random.Random(seed)  # noqa: S311  nothing secret hangs on it
    drawn = chance.sample(wrong, min(len(wrong), len(right) // 4))
    shown = queue([*right, *drawn])
    rows = []
    for first in (25, 50, _FIRST, 200):
        caught = sum(each in drawn for each in shown[:first])
        rows.append((f"within the first {first}", caught, percent(caught, len(drawn))))
    heading = f"{len(drawn)} wrong of {len(shown)} questions"
    signs = [_row(name, known, wrong) for name in SIGNS]
    return "\n\n".join(
        [
            table((heading, "wrong", "share"), rows),
            table((f"of {len(known)} judged, with the sign", "all", "wrong"), signs),
        ]
    )


def _row(sign: str, known: Sequence[Suspect], wrong: Sequence[Suspect]) -> tuple[str, int, int]:
    counts = (sum(sign in each.signs for each in some) for some in (known, wrong))
    return (sign, *counts)  # type: ignore[return-value]


def _work(options: argparse.Namespace) -> None:
    database = options.database
    config = yaml.safe_load(Path("endpoints.yml").read_text(encoding="utf-8"))["tracker_store"]
    config["db"] = str(database)
    if options.drive:
        model = train_if_changed()
        with (
            tempfile.TemporaryDirectory() as folder,
            serving(model, config, Path(folder)) as base,
        ):
            hold(base, options.drive)
    watch = watched(open_store(config), Period(), load())
    print(measured(watch.suspects, judged(database)))


def main() -> int:
    """Command line: `python -m benchmarks.review_order DATABASE [--drive CONVERSATIONS]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path, help="an SQLite store")
    parser.add_argument("--drive", type=int, metavar="N", help="hold so many conversations first")
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
