"""What is measured of one bot, and the figures that follow from it."""

from __future__ import annotations

import contextlib
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.bots import Bot, Training
from benchmarks.clients import Clients, Conversation, Load
from benchmarks.processes import resident_mb
from benchmarks.serving import Running
from benchmarks.sheet import percentile

CLIENTS = (1, 4, 16)
KINDS = ("distinct", "repeated")
LONG_MARKS = (1, 100, 400)
MARK_TURNS = 5
_FIRST_ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Memory:
    """Memory of the servers at one moment, in 10^6 bytes, and the turns answered until then."""

    server: float
    actions: float
    turns: int


@dataclass
class Measured:
    """A bot and what was measured of it so far.

    Attributes:
        bot: the bot.
        training: its model.
        apology: a reply that is no answer.
        starts: seconds from starting its servers to the first answer.
        loads: what became of the turns, by clients at once and kind of texts.
        memory: looked at twice, with turns in between.
        answered: turns.
        unanswered: turns that ended in silence, an error or an apology.
        long: milliseconds of each turn of one long conversation.
    """

    bot: Bot
    training: Training
    apology: str
    starts: list[float] = field(default_factory=list)
    loads: dict[tuple[int, str], list[Load]] = field(default_factory=lambda: defaultdict(list))
    memory: list[Memory] = field(default_factory=list)
    answered: int = 0
    unanswered: int = 0
    long: list[float] = field(default_factory=list)

    def start(self, stack: contextlib.ExitStack, text: str) -> None:
        """Starts the servers, which the stack will end, and notes when they had answered."""
        started = time.monotonic()
        self._servers: Running = stack.enter_context(self.bot.running(self.training.model))
        self._clients = Clients(self._servers.address, self.apology)
        self.talk([Conversation([text])], 1, _FIRST_ANSWER_SECONDS)
        self.starts.append(time.monotonic() - started)

    def talk(self, conversations: Iterable[Conversation], clients: int, limit: float) -> Load:
        """Has conversations with the running bot (see `Clients.talk`)."""
        load = self._clients.talk(map(self._understood, conversations), clients, limit)
        self.unanswered += load.unanswered
        self.answered += len(load.times)
        return load

    def _understood(self, conversation: Conversation) -> Conversation:
        texts = [f"{self.bot.first_word} {text}".strip() for text in conversation.texts]
        return Conversation(texts, conversation.sender)

    def note_memory(self) -> None:
        """Takes down how much memory either server has in use."""
        server, actions = self._servers.server, self._servers.actions
        self.memory.append(Memory(resident_mb(server), resident_mb(actions), self.answered))

    def figures(self) -> dict[str, float | None]:
        """All figures, by what they tell."""
        cost = self.training.cost
        found: dict[str, float | None] = {
            "training, s": cost.seconds,
            "training, peak MB": cost.peak_mb,
            "start to first answer, s": percentile(self.starts, 50),
        }
        for (clients, kind), loads in sorted(self.loads.items()):
            times = times_of(loads)
            name = f"{clients} client{'s' if clients > 1 else ''}, {kind} texts"
            found[f"{name}: ms p50"] = percentile(times, 50)
            found[f"{name}: ms p95"] = percentile(times, 95)
            found[f"{name}: turns/s"] = turns_a_second(loads)
        for mark in LONG_MARKS:
            found[f"one conversation, about turn {mark}: ms"] = percentile(
                self.long[max(0, mark - MARK_TURNS) : max(mark, MARK_TURNS)], 50
            )
        before, after = self.memory
        found["server, MB at first"] = before.server
        found["server, MB in the end"] = after.server
        found["action server, MB at first"] = before.actions
        found["action server, MB in the end"] = after.actions
        found["turns in between"] = after.turns - before.turns
        found["turns without an answer"] = self.unanswered
        return found


def times_of(loads: Iterable[Load]) -> list[float]:
    """Milliseconds of all turns."""
    return [each for load in loads for each in load.times]


def turns_a_second(loads: Sequence[Load]) -> float | None:
    """Answered turns over the seconds they took; None of nothing."""
    seconds = sum(load.seconds for load in loads)
    return len(times_of(loads)) / seconds if seconds else None
