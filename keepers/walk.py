"""Goes through questions one by one with a keeper, who judges the replies and mends.

r            the reply was right
p, w         partly right, wrong; with a reason: t topic, v yes or no, o refused
             though it is told, g told though it is open, c lost what was spoken
             of, f form, u oddly said ("w t")
1, demand    a question on the topic of that place or id; with letters, those
             alike only ("1 b c", a is the question itself)
n            noise: never show it again
e WORDS      put the question in other words, then decide on it
t ID         begin a topic or gap of that id with it and those alike
story IDS    keep the conversation as a test; what should be told, and a
             verdict: "story no ml_lang", "story gap_pay"
label ID=... keep it for the reader's data: "label ml_lang=denies", "label none"
v            the whole conversation, and how it was understood
s, b, q      skip it, go back by one, quit
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from string import ascii_lowercase

import numpy as np

from content.loader import Content
from keepers import new_topic
from keepers.assigning import Assigner, commands, lettered
from keepers.decisions import Decisions
from keepers.judgements import PARTLY, REASONS, RIGHT, WRONG, Judgements, digest_of, judgement_of
from keepers.masking import Masker
from keepers.mending import Scene, keep_labelled, keep_story, scene_of
from keepers.signs import WHY
from keepers.suspects import Suspect
from keepers.transcript import Spoken, line, transcript, understood
from tools.console import CommandError, ask, wrapped

_ALIKE = 0.55  # similarity from which questions of the queue are shown as alike
_MOST_ALIKE = 3
_NEAREST = 6  # statements that are named where one mends
_HELP = "r right, p partly, w wrong, 1 topic, n noise, e reword, t new topic,"
_PROMPT = f"{_HELP}\nv view, s skip, b back, q quit, ? help > "
_MEND = "mend: 1 topic, e reword, t new topic, story ..., label ...; Enter goes on > "
_WHY = "why: t topic, v yes/no, o refused, g guessed, c context, f form, u words > "
_QUIT = "q"
_GRADES = {"r": RIGHT, "p": PARTLY, "w": WRONG}

ReadConversation = Callable[[str], Sequence[Spoken]]


@dataclass
class Entry:
    """A question of the queue, masked, and how often it had that reply."""

    suspect: Suspect
    text: str
    digest: str
    count: int = 1
    alike: list[Entry] = field(default_factory=list)

    @property
    def topics(self) -> tuple[str, ...]:
        """Topics nearest to it."""
        return self.suspect.turn.near


def entries(
    suspects: Sequence[Suspect], masker: Masker, judged: Judgements, decided: Decisions
) -> list[Entry]:
    """The questions that nobody judged or decided on, each with its reply once, in their order."""
    found: dict[str, Entry] = {}
    for suspect in suspects:
        text = masker.mask(suspect.turn.text)
        digest = digest_of(suspect.turn, text)
        if digest in found:
            found[digest].count += 1
        elif digest not in judged and text not in decided:
            found[digest] = Entry(suspect, text, digest)
    return list(found.values())


def bring_together(listed: Sequence[Entry], vectors: np.ndarray) -> None:
    """Tells each question those that are alike, the likest first; `vectors` are unit vectors."""
    likeness = vectors @ vectors.T
    for place, entry in enumerate(listed):
        order = np.argsort(-likeness[place])
        near = [n for n in order if n != place and likeness[place][n] >= _ALIKE]
        others = {listed[n].text.lower(): listed[n] for n in near if listed[n].text != entry.text}
        entry.alike = list(others.values())[:_MOST_ALIKE]


class Walk:
    """Shows one question after the other, and does what the keeper types.

    Args:
        content: knows topics and statements.
        masker: masks what visitors wrote.
        judged: takes judgements down.
        assigner: makes examples of wordings.
        read: all that a visitor said, by sender.
    """

    def __init__(
        self,
        content: Content,
        masker: Masker,
        judged: Judgements,
        assigner: Assigner,
        read: ReadConversation,
    ) -> None:
        self._content = content
        self._masker = masker
        self._judged = judged
        self._assigner = assigner
        self._read = read
        self.done = 0
        self.begun: list[str] = []

    def go(self, listed: Sequence[Entry]) -> None:
        """Goes through the questions until they or the keeper's answers end."""
        place = 0
        while 0 <= place < len(listed):
            entry = listed[place]
            for text in self._shown(entry, f"{place + 1}/{len(listed)}"):
                print(text)
            step = self._decide(entry)
            if step is None:
                return
            place = max(0, place + step)
            if step < 0 and listed[place].digest in self._judged:
                self._judged.take_back(listed[place].digest)
                self.done -= 1

    def _decide(self, entry: Entry) -> int | None:
        """Asks until something was decided; how many places to go on, None to quit."""
        while True:
            what, _, rest = ask(_PROMPT, _QUIT).partition(" ")
            if what == _QUIT:
                return None
            if what in ("s", "b"):
                return 1 if what == "s" else -1
            if what == "v":
                self._view(entry)
            elif not what:
                print("  nothing was typed: s skips, q quits")
            elif what in _GRADES:
                self._judge(entry, _GRADES[what], rest.strip())
                return 1
            elif self._mend(entry, what, rest.strip()):
                return 1

    def _judge(self, entry: Entry, grade: str, why: str) -> None:
        reason = ""
        if grade != RIGHT:
            why = why or ask(_WHY)
            reason = REASONS.get(why[:1].lower(), "")
        suspect = entry.suspect
        self._judged.keep(judgement_of(suspect.turn, entry.digest, grade, reason, suspect.signs))
        self.done += 1
        if grade != RIGHT:
            near = [each.id for each in suspect.turn.found.reading.judged[:_NEAREST]]
            print(line("nearest", ", ".join(near) or "-"))
            self._mend_until_enough(entry)

    def _mend_until_enough(self, entry: Entry) -> None:
        while True:
            what, _, rest = ask(_MEND).partition(" ")
            if not what or what in ("s", _QUIT):
                return
            self._mend(entry, what, rest.strip())

    def _mend(self, entry: Entry, what: str, rest: str) -> bool:
        """Whether something was done about an entry."""
        try:
            known = self._mends.get(what)
            return known(self, entry, rest) if known else self._assign(entry, what, rest)
        except CommandError as error:
            print(wrapped(str(error), "  ", "  "))
            return False

    def _assign(self, entry: Entry, what: str, letters: str) -> bool:
        topic = what
        if what.isdigit() and 0 < int(what) <= len(entry.topics):
            topic = entry.topics[int(what) - 1]
        if not self._content.topic(topic):
            print(
                commands(__doc__) if what == "?" else f"There is no topic {what!r}; ? tells more."
            )
            return False
        return self._assigner.assign(topic, self._texts(entry, letters or "a"))

    def _texts(self, entry: Entry, letters: str) -> list[str]:
        """The question and those alike, by letters; all of them if none is named."""
        return lettered([entry.text, *(each.text for each in entry.alike)], letters)

    def _noise(self, entry: Entry, letters: str) -> bool:
        self._assigner.noise(self._texts(entry, letters or "a"))
        return True

    def _reword(self, entry: Entry, text: str) -> bool:
        if not text:
            raise CommandError("say it in other words: e where can I learn that")
        entry.text = self._masker.mask(text)
        print(wrapped(f"> {entry.text}", "   ", " "))
        return False

    def _begin(self, entry: Entry, rest: str) -> bool:
        """Begins a topic with the question and those alike."""
        name, _, letters = rest.partition(" ")
        kind = new_topic.GAP if name.startswith("gap_") else new_topic.TOPIC
        for path in new_topic.new_topic(name, kind):
            print(wrapped(f"begun: {path}", "    ", "  "))
        self._assigner.assign(name, self._texts(entry, letters))
        self.begun.append(name)
        return True

    def _story(self, entry: Entry, wanted: str) -> bool:
        about = keep_story(self._scene(entry), wanted, self._content)
        print(f"  kept as a conversation that the tests play ({about})")
        return True

    def _label(self, entry: Entry, labels: str) -> bool:
        path, number = keep_labelled(self._scene(entry), labels, self._content)
        print(wrapped(f"kept for the reader: {path} has {number} turns", "    ", "  "))
        return True

    def _scene(self, entry: Entry) -> Scene:
        turn = entry.suspect.turn
        return scene_of(self._read(turn.sender), turn.time, entry.text, self._masker)

    _mends: Mapping[str, Callable[[Walk, Entry, str], bool]] = {
        "n": _noise,
        "e": _reword,
        "t": _begin,
        "story": _story,
        "label": _label,
    }

    # What is shown

    def _shown(self, entry: Entry, heading: str) -> Iterator[str]:
        suspect = entry.suspect
        turn = suspect.turn
        day = datetime.fromtimestamp(turn.time, timezone.utc).date()
        times = f"  asked {entry.count} times" if entry.count > 1 else ""
        yield f"\n{heading}  {day}  likely wrong: {100 * suspect.doubt:.0f} %{times}"
        yield line("why", "; ".join(WHY[each] for each in suspect.signs) or "-")
        said = self._read(turn.sender)
        place = next((n for n, each in enumerate(said) if each.time == turn.time), None)
        if place:
            yield line("before", f"> {self._masker.mask(said[place - 1].text)}")
            yield line("", said[place - 1].reply)
        yield wrapped(f"> {entry.text}", "   ", " ")
        for text in turn.reply.splitlines():
            yield wrapped(text, "   ", "   ")
        if place is not None and place + 1 < len(said):
            yield line("next", f"> {self._masker.mask(said[place + 1].text)}")
        yield line("read as", self._reading(suspect))
        doubts = self._masker.doubts(entry.text)
        if doubts:
            yield line("personal?", ", ".join(doubts))
        named = (f"{number} {name}" for number, name in enumerate(entry.topics, 1))
        yield line("topics", "  ".join(named) or "-")
        for letter, each in zip(ascii_lowercase[1:], entry.alike, strict=False):
            yield line(f"alike {letter}", each.text)

    @staticmethod
    def _reading(suspect: Suspect) -> str:
        turn, reading = suspect.turn, suspect.turn.found.reading
        acts = sorted(reading.acts.items(), key=lambda each: -each[1])[:2]
        done = " ".join(f"{act} {share:.2f}" for act, share in acts)
        told = ", ".join([*turn.told, *turn.statements]) or turn.kind
        return f"{done}; {reading.verdict} ({reading.confidence:.2f}); told {told}"

    def _view(self, entry: Entry) -> None:
        turn = entry.suspect.turn
        said = self._read(turn.sender)
        for text in transcript(said, self._masker, turn.time):
            print(text)
        for each in said:
            if each.time == turn.time:
                print("\n".join(understood(each, self._content)))
