"""Shows what the assistant would understand and reply, or all forms of one topic's answer.

`--topic` reads the content alone: no model, no training.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from content.loader import Content, load
from content.schema import Aspect, Entry, Reply, Source
from tools.console import CommandError, Progress, guarded, wrapped

if TYPE_CHECKING:
    from keepers.assistant import Exchange

_RANKED = 5
_NEAREST = 5


def topic_forms(content: Content, topic_id: str) -> Iterator[str]:
    """A topic's answer in all its forms, as lines.

    Raises:
        CommandError: for an unknown topic, with the ids that look like it.
    """
    topic = content.topic(topic_id)
    if topic is None:
        near = ", ".join(difflib.get_close_matches(topic_id, content.topic_ids, 3, 0.5))
        raise CommandError(
            f"there is no topic {topic_id!r}" + (f"; do you mean {near}?" if near else "")
        )
    yield f"{topic.title} ({topic_id})"
    if isinstance(topic, Aspect):
        yield _field("asked as", topic.question)
        for role, cell in topic.cells.items():
            yield from _reply(content, content.roles[role].plural, cell)
        yield from _reply(content, "side by side", topic.comparison)
    elif isinstance(topic, Entry):
        yield _field("asked as", topic.question)
        yield from _reply(content, "", topic)
        for fit in topic.fits:
            yield from _reply(content, content.roles[fit.role].plural, fit)
            yield _field("interests", ", ".join(fit.interests))
    else:
        yield _field("answer", topic.answer)
    yield _field("related", ", ".join(topic.related))
    yield _field("reviewed", str(topic.reviewed or "-"))


def _reply(content: Content, heading: str, reply: Reply) -> Iterator[str]:
    if heading:
        yield f"\n{heading}"
    yield _field("answer", reply.answer)
    yield _field("more", reply.more)
    yield _field("short", reply.short)
    if reply.why:
        yield _field("why", reply.why)
    for each in reply.corrections:
        yield _field("corrected", each.answer)
    yield _field("source", source_text(content, reply.source))


def source_text(content: Content, source: Source) -> str:
    """A source as words: the section, and the reference cited there."""
    text = content.sections[source.section].title
    if source.reference:
        cited = content.references[source.reference]
        text += f"; {cited.author}, {cited.title} ({cited.published}), {cited.address}"
    return text


def _field(name: str, text: str) -> str:
    return wrapped(text, " " * 12, f"  {name:<10}")


def exchange_lines(content: Content, exchange: Exchange) -> Iterator[str]:
    """What was understood and replied, as lines."""
    parsed = exchange.parsed
    understanding = parsed.get("understanding") or {}
    intent = parsed.get("intent") or {}
    yield wrapped(f"> {exchange.text}")
    outcome = understanding.get("outcome") or "payload"
    yield _field("decided", f"{outcome}: {intent.get('name')} ({intent.get('confidence', 0):.2f})")
    yield _field("read as", understanding.get("text") or "-")
    roles = [str(each["value"]) for each in parsed.get("entities") or []]
    yield _field("roles", ", ".join(roles) or "-")
    for part in understanding.get("parts") or []:
        yield _field("joined", f"{part['intent']} {' '.join(part['roles'])}")
    ranking = (parsed.get("intent_ranking") or [])[:_RANKED]
    listed = ", ".join(f"{item['name']} {item['confidence']:.2f}" for item in ranking)
    yield _field("ranking", listed or "-")
    refusal = understanding.get("refusal")
    if refusal is not None:
        yield _field("refusal", f"{refusal:+.2f} log-odds of having no answer")
    yield from _replies(exchange.replies)
    yield _field("source", _source(content, exchange))


def _replies(replies: Sequence[dict[str, Any]]) -> Iterator[str]:
    for reply in replies:
        yield _field("reply", reply.get("text") or "-")
        titles = [button["title"] for button in reply.get("buttons") or []]
        if titles:
            yield _field("buttons", " | ".join(titles))
    if not replies:
        yield _field("reply", "(none)")


def _source(content: Content, exchange: Exchange) -> str:
    """Where the texts of the reply stand in the content."""
    said = {reply.get("text") for reply in exchange.replies}
    for gap in content.gaps.values():
        if gap.answer in said:
            return f"none: {gap.id} is a gap"
    found = []
    for topic in (*content.aspects, *content.entries):
        for role in (None, *content.roles):
            reply = content.reply(topic, role)
            corrected = [each.answer for each in reply.corrections]
            if said & {reply.answer, reply.more, reply.short, reply.why, *corrected} - {None}:
                found.append(source_text(content, reply.source))
    return " / ".join(dict.fromkeys(found)) or "-"


def _model_lines(model: Any, text: str) -> Iterator[str]:
    """The signals behind the decision, and the training examples nearest to a text."""
    from keepers.nlu_files import read_examples
    from keepers.signals import signals_of
    from keepers.wording import Vectors, make_normaliser
    from nlu.encoder import SentenceEncoder

    values = ", ".join(f"{name} {value:+.2f}" for name, value in signals_of(model, text).items())
    yield _field("signals", values)
    examples = list(read_examples())
    normaliser, encoder = make_normaliser(examples), SentenceEncoder()
    plain = [normaliser.normalise(example.text).text for example in examples]
    vectors = Vectors(encoder).of(plain, Progress("Reading the training data"))
    similarities = vectors @ encoder.encode(text)
    for index in similarities.argsort()[::-1][:_NEAREST]:
        example = examples[index]
        yield _field("near", f"{similarities[index]:.2f} {example.intent}: {example.text}")


def _ask(content: Content, questions: Sequence[str]) -> None:
    from keepers.assistant import converse
    from keepers.models import newest_model

    model, current = newest_model(content.topic_ids)
    if not current:
        print(f"({model.name} is older than the data: 'make train' makes a new one)")
    for exchange in converse(model, questions):
        for line in exchange_lines(content, exchange):
            print(line)
        text = (exchange.parsed.get("understanding") or {}).get("text")
        if text:
            for line in _model_lines(model, text):
                print(line)


def _work(options: argparse.Namespace) -> None:
    content = load()
    if options.topic:
        for line in topic_forms(content, options.topic):
            print(line)
        return
    questions = [each for each in options.question if each.strip()]
    if not questions:
        raise CommandError('give a question, Q="...", or a topic, TOPIC=id')
    _ask(content, questions)


def main() -> int:
    """Command line: `python -m keepers.preview QUESTION ... | --topic ID`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("question", nargs="*", help="several are one conversation")
    parser.add_argument("--topic", metavar="ID", help="all forms of one topic's answer")
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
