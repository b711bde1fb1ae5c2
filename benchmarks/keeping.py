"""How soon a review shows what was answered wrongly, on conversations held with the real server.

Four fifths of the visitors ask what the training data has; the others ask what other people wrote
and labelled for the reader (`reading/data`), of it what is answered wrongly. Half of those
who are told something wrong say so, by a thumb or in words. A reply is wrong if the label says so;
nothing of `keepers` is asked for that.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.serving import serving
from benchmarks.visits import send
from content.loader import load
from keepers.nlu_files import read_examples
from tools.console import guarded
from tools.train import train_if_changed

LABELLED = Path("reading/data/dialogues/target-train.json")
_CLIENTS = 2
_COMPLAINTS = (
    "no, that is wrong",
    "that's not what I asked",
    "you got that wrong",
    "wrong answer, sorry",
    "I don't think that is right",
    "this does not answer my question",
)
_SETTLED = ("yes", "no", "partly", "answered")


@dataclass(frozen=True)
class Asked:
    """A question, and what somebody says a right reply is.

    Attributes:
        say: the words.
        topic: topic or gap that it is on; empty where `labels` tell.
        labels: what statements are to it.
    """

    say: str
    topic: str = ""
    labels: Mapping[str, str] | None = None

    def is_right(self, replies: Sequence[Mapping[str, Any]]) -> bool:
        """Whether the metadata of the replies are those of a right one."""
        if self.labels is None:
            told = [str(each.get("answer") or "") for each in replies]
            return self.topic in [each.partition("/")[0] for each in told]
        verdict = next((each["verdict"] for each in replies if each.get("verdict")), "none")
        told = [one for each in replies for one in each.get("statements") or ()]
        found = {self.labels[one] for one in told if one in self.labels}
        kinds = set(self.labels.values()) - {"near"}
        if not kinds:
            return verdict not in _SETTLED
        banned = {"confirms": "no", "denies": "yes"}
        return bool(found & kinds) and not any(verdict == banned.get(each) for each in kinds)


@dataclass(frozen=True)
class Visit:
    """A visitor, and what they ask; whether they show it when a reply is wrong, and how."""

    sender: str
    questions: Sequence[Asked]
    reaction: str = ""


def labelled(path: Path = LABELLED) -> list[Asked]:
    """Hard turns that need no turn before them, in the order of the file."""
    turns = json.loads(path.read_text(encoding="utf-8"))["hard"]
    return [Asked(each["say"], labels=each["labels"]) for each in turns if not each.get("after")]


def ordinary(chance: random.Random, count: int) -> Iterator[Visit]:
    """Visitors who ask what the training data has."""
    content = load()
    examples = [each for each in read_examples() if each.intent in content.topic_ids]
    for number in range(count):
        asked = chance.sample(examples, chance.randint(1, 3))
        yield Visit(f"ordinary-{number}", [Asked(each.text, each.intent) for each in asked])


def talk(base: str, visit: Visit, wrong: Iterable[str]) -> None:
    """Holds one conversation; behind a question whose reply is wrong, the visitor may react."""
    for asked in visit.questions:
        send(base, visit.sender, asked.say)
        if asked.say in wrong and visit.reaction:
            send(base, visit.sender, visit.reaction)


def drive(base: str, visits: Sequence[Visit], wrong: Iterable[str] = ()) -> None:
    """Holds all conversations, a few at a time."""
    wrong = set(wrong)
    with ThreadPoolExecutor(_CLIENTS) as pool:
        list(pool.map(lambda visit: talk(base, visit, wrong), visits))


def replies_of(database: Path) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Metadata of the replies by sender and message, read by plain SQL."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    query = "SELECT sender_id, data FROM events WHERE type_name IN ('user', 'bot') ORDER BY id"
    last: dict[str, str] = {}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        for sender, data in connection.execute(query):
            event = json.loads(data)
            if event["event"] == "user":
                last[sender] = event["text"]
                found[sender, event["text"]] = []
            else:
                found[sender, last[sender]].append(event["metadata"])
    return found


def wrongly_answered(database: Path, visits: Sequence[Visit]) -> list[tuple[str, str]]:
    """Sender and words of every question whose reply is wrong."""
    replies = replies_of(database)
    return [
        (visit.sender, asked.say)
        for visit in visits
        for asked in visit.questions
        if not asked.is_right(replies.get((visit.sender, asked.say), []))
    ]


def make_store(folder: Path, count: int, seed: int) -> tuple[Path, list[tuple[str, str]]]:
    """A store of so many conversations; its database, and what was answered wrongly in it."""
    chance = random.Random(seed)  # noqa: S311  nothing secret hangs on it
    model = train_if_changed()
    probes = [Visit(f"probe-{n}", [each]) for n, each in enumerate(labelled())]
    chance.shuffle(probes)
    probes = probes[: count * 2 // 3]
    database = folder / "probe.db"
    with serving(model, _store(database), folder) as base:
        drive(base, probes)
    missed = {say for _, say in wrongly_answered(database, probes)}
    hard = [visit for visit in probes if visit.questions[0].say in missed][: count // 5]
    visits = [*ordinary(chance, count - len(hard)), *_with_reactions(chance, hard)]
    chance.shuffle(visits)
    database = folder / "conversations.db"
    with serving(model, _store(database), folder) as base:
        drive(base, visits, missed)
    (folder / "endpoints-store.yml").write_text(
        yaml.safe_dump({"tracker_store": _store(database)}), encoding="utf-8"
    )
    return database, wrongly_answered(database, visits)


def _with_reactions(chance: random.Random, visits: Iterable[Visit]) -> Iterator[Visit]:
    for number, visit in enumerate(visits):
        reactions = ("/feedback_bad", chance.choice(_COMPLAINTS), "", "")
        yield Visit(f"hard-{number}", visit.questions, reactions[number % len(reactions)])


def _store(database: Path) -> dict[str, Any]:
    own = yaml.safe_load(Path("endpoints.yml").read_text(encoding="utf-8"))["tracker_store"]
    return {**own, "db": str(database)}


def _work(options: argparse.Namespace) -> None:
    options.folder.mkdir(parents=True, exist_ok=True)
    _, wrong = make_store(options.folder, options.count, options.seed)
    path = options.folder / "wrong.json"
    path.write_text(json.dumps(wrong, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{options.count} conversations, {len(wrong)} questions answered wrongly: {path}")


def main() -> int:
    """Command line: `python -m benchmarks.keeping FOLDER [--count N] [--seed N]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", type=Path, help="receives the store and the list of what is wrong"
    )
    parser.add_argument("--count", type=int, default=400, help="conversations (400)")
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
