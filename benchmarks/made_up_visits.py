"""Made-up visitors who talk to the real assistant, so that there are conversations to report on.

They ask what the training data knows, in its words and in misspelt ones, what nobody can answer,
and the same again in other words; they press buttons, give thumbs, leave, and tell who they are.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.serving import serving
from content.loader import load
from keepers.nlu_files import Example, read_examples
from tools import loopback
from tools.console import CommandError, guarded
from tools.train import train_if_changed

_SEED = 7
_CLIENTS = 4
_TURN_SECONDS = 60
_MAX_TURNS = 7
PRESS = "<press>"
#: Personal data, none of it anybody's: whatever is shown or exported must not have these words.
PERSONAL = ("dana.quill@example.org", "+44 20 7946 0958", "4929123456781234", "Dana Quill")
_INTRODUCTIONS = (
    f"my name is {PERSONAL[3]}, what can you tell me",
    f"write to me at {PERSONAL[0]} about zeppelin licences",
    f"call me on {PERSONAL[1]} to explain the tariff of my boat",
    f"is my customer number {PERSONAL[2]} valid for the harbour",
)
_ODD = ("zeppelins", "sourdough", "harbour tax", "beekeeping", "tide tables", "violin strings")
_ODD_QUESTIONS = (
    "where can I buy {}",
    "do you know anything on {}",
    "who invented {}",
    "{} near me, are they open today",
    "???",
)


@dataclass(frozen=True)
class Visit:
    """What one visitor sends, turn by turn; `PRESS` presses the first button there is."""

    sender: str
    messages: Sequence[str]


def visits(count: int, seed: int = _SEED) -> list[Visit]:
    """As many different visits; the same seed makes the same ones."""
    chance = random.Random(seed)  # noqa: S311  nothing secret hangs on it
    topics, small = set(load().topic_ids), []
    asked: dict[str, list[str]] = {}
    for example in read_examples():
        if example.intent in topics:
            asked.setdefault(example.intent, []).append(example.text)
        else:
            small.append(example)
    return [Visit(f"visitor-{seed}-{n}", _messages(chance, asked, small)) for n in range(count)]


def _messages(
    chance: random.Random, asked: dict[str, list[str]], small: Sequence[Example]
) -> list[str]:
    messages: list[str] = []
    while len(messages) < chance.randint(1, _MAX_TURNS):
        wordings = asked[chance.choice(sorted(asked))]
        kind = chance.random()
        if kind < 0.45:
            messages.append(chance.choice(wordings))
        elif kind < 0.55:
            messages.append(_misspelt(chance, chance.choice(wordings)))
        elif kind < 0.65:
            messages += chance.sample(wordings, 2)  # again, in other words
        elif kind < 0.7:
            messages.append(_mixed(chance, asked))
        elif kind < 0.75:
            messages.append(chance.choice(_ODD_QUESTIONS).format(chance.choice(_ODD)))
        elif kind < 0.85:
            messages.append(PRESS)
        elif kind < 0.9:
            messages.append(chance.choice(["/feedback_good", "/feedback_bad", "that is no help"]))
        elif kind < 0.93:
            messages.append(chance.choice(_INTRODUCTIONS))
        else:
            messages.append(chance.choice(small).text)
    return messages


def _misspelt(chance: random.Random, text: str) -> str:
    place = chance.randrange(max(1, len(text) - 1))
    return text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]


def _mixed(chance: random.Random, asked: dict[str, list[str]]) -> str:
    """Words of several questions in no order, which nobody could be sure about."""
    words = [word for topic in chance.sample(sorted(asked), 4) for word in asked[topic][-1].split()]
    return " ".join(chance.sample(words, min(5, len(words))))


def talk(base: str, visit: Visit) -> int:
    """Holds one conversation over Rasa's REST channel; returns how many messages it took."""
    payload: str | None = None
    sent = 0
    for message in visit.messages:
        text = payload if message == PRESS else message
        if not text:  # no button to press
            continue
        replies = send(base, visit.sender, text)
        buttons = [button for reply in replies for button in reply.get("buttons") or []]
        payload = buttons[0]["payload"] if buttons else None
        sent += 1
    return sent


def send(base: str, sender: str, text: str) -> list[dict[str, Any]]:
    """Sends one message over Rasa's REST channel; returns the replies."""
    body = json.dumps({"sender": sender, "message": text}).encode()
    request = urllib.request.Request(
        f"{base}/webhooks/rest/webhook", body, {"Content-Type": "application/json"}
    )
    with loopback.open_url(request, _TURN_SECONDS) as response:
        replies: list[dict[str, Any]] = json.load(response)
    return replies


def drive(base: str, planned: Sequence[Visit]) -> int:
    """Holds all conversations, a few at a time; returns how many messages were sent."""
    with ThreadPoolExecutor(_CLIENTS) as pool:
        return sum(pool.map(lambda visit: talk(base, visit), planned))


def _work(options: argparse.Namespace) -> None:
    endpoints = yaml.safe_load(options.endpoints.read_text(encoding="utf-8"))
    store = endpoints.get("tracker_store")
    if not store:
        raise CommandError(f"{options.endpoints} names no tracker_store")
    planned = visits(options.count, options.seed)
    model = train_if_changed()
    with tempfile.TemporaryDirectory() as folder, serving(model, store, Path(folder)) as base:
        print(f"{len(planned)} visitors are talking ...", flush=True)
        print(f"They sent {drive(base, planned)} messages.")


def main() -> int:
    """Command line: `python -m benchmarks.made_up_visits [--count N] [--endpoints FILE]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="visitors (300)")
    parser.add_argument("--seed", type=int, default=_SEED, help="another seed, other visitors")
    parser.add_argument("--endpoints", type=Path, default=Path("endpoints.yml"))
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
