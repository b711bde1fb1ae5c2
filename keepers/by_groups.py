"""Goes through the questions that were not answered, group by group, and makes examples of them.

2        all wordings of the group are examples of topic 2 of those listed
2 a c    only the wordings a and c are
demand   of the topic with that id, listed or not
n        noise: never show these again (n b: only b)
s        skip the group; it comes again next time
q        quit
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from content.loader import Content
from keepers.assigning import Assigner, commands, lettered
from keepers.decisions import Decisions
from keepers.figures import Question
from keepers.groups import grouped, nearest_topics
from keepers.masking import Masker
from keepers.nlu_files import Example, read_examples
from keepers.wording import Vectors, make_normaliser
from nlu.text import words
from reading.encoder import packaged_encoder
from tools.console import CommandError, Progress, ask, wrapped

_MOST_SHOWN = len(ascii_lowercase)
_TOPICS = 5
_QUIT, _SKIP, _NOISE, _HELP = "q", "s", "n", "?"


@dataclass(frozen=True)
class Wording:
    """A question to decide on: masked, as the model read it, and how often it was asked."""

    text: str
    plain: str
    count: int


@dataclass(frozen=True)
class Group:
    """Wordings that mean the same, and the topics nearest to them."""

    wordings: list[Wording]
    topics: list[tuple[str, float]]


@dataclass(frozen=True)
class Answer:
    """What the keeper typed: a topic's id, noise, skip or quit, and the wordings it is for."""

    decision: str
    chosen: list[Wording]


class Reviewer:
    """Decides with the keeper, and writes down each decision before the next.

    Args:
        content: knows the topics.
        assigner: does what was decided.
    """

    def __init__(self, content: Content, assigner: Assigner) -> None:
        self._content = content
        self._assigner = assigner

    def review(self, groups: Sequence[Group]) -> None:
        """Goes through the groups until they or the keeper's answers end."""
        for number, group in enumerate(groups, 1):
            left = group.wordings[:_MOST_SHOWN]
            while left:
                self._show(f"{number} of {len(groups)}", left, group.topics)
                answer = self._ask(left, group.topics)
                if answer.decision == _QUIT:
                    return
                if answer.decision == _SKIP:
                    break
                self._decide(answer)
                left = [wording for wording in left if wording not in answer.chosen]

    def _show(
        self, heading: str, left: Sequence[Wording], topics: Sequence[tuple[str, float]]
    ) -> None:
        print(f"\nGroup {heading}, asked {sum(each.count for each in left)} times")
        for letter, each in zip(ascii_lowercase, left, strict=False):
            print(wrapped(f"{letter}  {each.count:>3} x {each.text}", " " * 9, "  "))
        for place, (name, similarity) in enumerate(topics, 1):
            topic = self._content.topic(name)
            print(wrapped(f"{place}  {name} ({topic.title if topic else '-'}) {similarity:.2f}"))

    def _ask(self, left: Sequence[Wording], topics: Sequence[tuple[str, float]]) -> Answer:
        while True:
            typed = ask("topic, n, s, q or ? > ", _QUIT).lower().split()
            answer = self._read(typed, left, topics) if typed else None
            if answer is not None:
                return answer
            print(commands(__doc__))

    def _read(
        self, typed: list[str], left: Sequence[Wording], topics: Sequence[tuple[str, float]]
    ) -> Answer | None:
        what = typed[0]
        try:
            chosen = lettered(left, "".join(typed[1:]))
        except CommandError as error:
            print(f"{error}.")
            return None
        if what in (_QUIT, _SKIP, _NOISE):
            return Answer(what, chosen)
        if what.isdigit() and 0 < int(what) <= len(topics):
            return Answer(topics[int(what) - 1][0], chosen)
        if self._content.topic(what):
            return Answer(what, chosen)
        if what != _HELP:
            print(f"There is no topic {what!r}.")
        return None

    def _decide(self, answer: Answer) -> None:
        texts = [each.text for each in answer.chosen]
        if answer.decision == _NOISE:
            self._assigner.noise(texts)
        else:
            self._assigner.assign(answer.decision, texts)


def wordings_to_decide(
    questions: Sequence[Question], masker: Masker, decisions: Decisions
) -> list[Wording]:
    """Questions that nothing was decided on yet, masked, the most asked first."""
    found: dict[str, Wording] = {}
    for question in questions:
        text = masker.mask(question.text)
        if words(text) and text not in decisions:
            before = found.get(text)
            number = question.count + (before.count if before else 0)
            found[text] = Wording(text, question.plain, number)
    return list(found.values())


def make_groups(wordings: Sequence[Wording], examples: Sequence[Example]) -> list[Group]:
    """The wordings grouped by meaning, with the topics nearest to each group."""
    encoder = packaged_encoder()
    normaliser = make_normaliser(examples)
    plain = [normaliser.normalise(example.text).text for example in examples]
    known = Vectors(encoder).of(plain, Progress("Reading the training data"))
    vectors = encoder.encode_batch([wording.plain for wording in wordings])
    intents = [example.intent for example in examples]
    return [
        Group(
            [wordings[index] for index in group],
            nearest_topics(vectors[group], known, intents, _TOPICS),
        )
        for group in grouped(vectors, [wording.count for wording in wordings])
    ]


def review_groups(
    questions: Sequence[Question],
    content: Content,
    masker: Masker,
    decisions: Decisions,
    assigner: Assigner,
) -> None:
    """Goes through questions that were not answered, grouped by meaning."""
    wordings = wordings_to_decide(questions, masker, decisions)
    if not wordings:
        print("Nothing to review: every question was answered or decided on.")
        return
    examples = [each for each in read_examples() if content.topic(each.intent)]
    print(f"{len(wordings)} questions that were not answered; ? tells what to type.")
    Reviewer(content, assigner).review(make_groups(wordings, examples))
