"""Shows what the assistant would understand and reply, or all that one topic tells.

`--topic` reads the content alone: no model, no training. `--talks` replies to whole conversations,
for a machine to read.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from actions.executor import execute
from actions.reply import Reply, Scene
from content.loader import Content, load
from content.schema import Gap, Source, Statement, Topic
from dialogue.acts import MORE, Again, Ask
from dialogue.thread import Thread
from dialogue.understanding import Wanted
from keepers.masking import Masker
from keepers.transcript import intent_of, line, reading_lines
from keepers.wording import known_words
from reading import articles
from tools.console import CommandError, Progress, guarded, wrapped

if TYPE_CHECKING:
    from keepers.assistant import Assistant, Exchange

_RANKED = 5
_NEAREST = 5
# Forms that an answer is not shown in: `words` needs a number, `longer` is what "more" adds.
_NOT_SHOWN = ("none", "words", "longer", "other")
#: Forms of an answer that a visitor can ask for.
FORMS = tuple(each for each in articles.FORMS if each not in _NOT_SHOWN)


def topic_forms(content: Content, topic_id: str) -> Iterator[str]:
    """All that a topic tells, as lines.

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
    if isinstance(topic, Gap):
        yield line("answer", topic.answer)
    else:
        yield line("asked as", topic.question)
        for role in topic.roles:
            yield f"\n{content.roles[role].plural}"
            for each in topic.roles[role]:
                yield from _statement(content, content.statements[each])
        if topic.shared:
            yield "\nof all"
        for each in [*topic.statements, *topic.shared]:
            yield from _statement(content, content.statements[each])
    yield line("related", ", ".join(topic.related))
    yield line("reviewed", str(topic.reviewed or "-"))
    if isinstance(topic, Topic):
        yield "\nTold"
        yield from _told(content, topic_id, None)
        for name in topic.roles:
            yield f"\nTold of {content.roles[name].plural}"
            yield from _told(content, topic_id, name)


def _told(content: Content, topic_id: str, role: str | None) -> Iterator[str]:
    """What is told first, what "more" adds, and the same in each form that it can be put into."""
    scene = Scene(content, Thread())
    first = execute(scene, [Ask(topic_id, role)])
    yield line("first", _text(first))
    thread, own = first.thread, {each.id for each in content.told_of(topic_id, role)}
    while not own <= set(thread.told):
        further = execute(replace(scene, thread=thread), [Again(MORE)])
        if further.thread.told == thread.told:
            break
        yield line("more", _text(further))
        thread = further.thread
    for form in FORMS:
        reply = execute(scene, [Ask(topic_id, role, Wanted(form))])
        if _text(reply) != _text(first):
            for place, text in enumerate(_text(reply).splitlines()):
                yield line(form if place == 0 else "", text)
    yield line("buttons", " | ".join(each["title"] for each in first.options) or "-")


def _text(reply: Reply) -> str:
    return "\n".join(each.text for each in reply.messages)


def _statement(content: Content, statement: Statement) -> Iterator[str]:
    yield line(statement.id, statement.text)
    if statement.brief:
        yield line("brief", statement.brief)
    if statement.simple:
        yield line("simple", statement.simple)
    for name, listed in (("items", statement.items), ("steps", statement.steps)):
        if listed:
            yield line(name, ", ".join(listed))
    if statement.source:
        yield line("source", source_text(content, statement.source))


def source_text(content: Content, source: Source) -> str:
    """A source as words: the section, and the reference cited there."""
    text = content.sections[source.section].title
    if source.reference:
        cited = content.references[source.reference]
        text += f"; {cited.author}, {cited.title} ({cited.published}), {cited.address}"
    return text


def exchange_lines(
    content: Content, exchange: Exchange, mask: Callable[[str], str] = str
) -> Iterator[str]:
    """What was decided, by what it was decided, and what was replied, as lines.

    Args:
        content: what the statements say.
        exchange: message and reply.
        mask: takes personal data out of what was typed.
    """
    yield wrapped(f"> {mask(exchange.text)}")
    yield line("decided", exchange.decided or "-")
    yield from _understood(content, exchange.parsed, mask)
    yield from _replies(content, exchange.replies)


def _understood(
    content: Content, parsed: dict[str, Any], mask: Callable[[str], str]
) -> Iterator[str]:
    understanding = parsed.get("understanding") or {}
    reading = parsed.get("reading")
    if reading:  # a button has none
        yield from reading_lines(parsed, content, reading["statements"], _RANKED)
    wanted, places = parsed.get("wanted") or {}, parsed.get("places") or []
    if wanted.get("form") or places:
        pointed = [f"{name} {value}" for name, value in wanted.items() if value is not None]
        yield line("points to", ", ".join([*pointed, *(f"place {each}" for each in places)]))
    yield line("intent", intent_of(parsed))
    yield line("read as", mask(understanding.get("text") or "-"))
    roles = [str(each["value"]) for each in parsed.get("entities") or []]
    yield line("roles", ", ".join(roles) or "-")
    for part in parsed.get("parts") or []:
        reading = part["reading"]
        found = [part["intent"] or "-", *part["roles"], reading["verdict"], *reading["statements"]]
        yield line("joined", " ".join(found))
    ranking = (parsed.get("intent_ranking") or [])[:_RANKED]
    listed = ", ".join(f"{item['name']} {item['confidence']:.2f}" for item in ranking)
    yield line("ranking", listed or "-")
    refusal = understanding.get("refusal")
    if refusal is not None:
        yield line("refusal", f"{refusal:+.2f} log-odds of having no answer")


def _replies(content: Content, replies: Sequence[dict[str, Any]]) -> Iterator[str]:
    for reply in replies:
        yield line("reply", reply["text"] or "-")
        if reply["verdict"]:
            yield line("told", ", ".join([reply["verdict"], *reply["statements"]]))
        titles = [button["title"] for button in reply["buttons"]]
        if titles:
            yield line("buttons", " | ".join(titles))
    told = dict.fromkeys(one for reply in replies for one in reply["statements"])
    known = [content.statements[one].source for one in told if one in content.statements]
    sources = dict.fromkeys(source_text(content, source) for source in known if source)
    if sources:
        yield line("source", " / ".join(sources))
    if not replies:
        yield line("reply", "(none)")


def _model_lines(model: Any, text: str) -> Iterator[str]:
    """The signals behind the intent, and the training examples nearest to a text."""
    from keepers.nlu_files import read_examples
    from keepers.refusal_signals import signals_of
    from keepers.wording import Vectors, make_normaliser
    from reading.encoder import packaged_encoder

    values = ", ".join(f"{name} {value:+.2f}" for name, value in signals_of(model, text).items())
    yield line("signals", values)
    examples = list(read_examples())
    normaliser, encoder = make_normaliser(examples), packaged_encoder()
    plain = [normaliser.normalise(example.text).text for example in examples]
    vectors = Vectors(encoder).of(plain, Progress("Reading the training data"))
    similarities = vectors @ encoder.encode(text)
    for index in similarities.argsort()[::-1][:_NEAREST]:
        example = examples[index]
        yield line("near", f"{similarities[index]:.2f} {example.intent}: {example.text}")


def read_talks(path: Path) -> list[list[str]]:
    """Conversations of a file: each line a JSON list with the messages of one.

    Raises:
        CommandError: if the file cannot be read, or a line is anything else.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error
    return [_messages(path, number, talk) for number, talk in enumerate(lines, 1) if talk.strip()]


def _messages(path: Path, number: int, talk: str) -> list[str]:
    try:
        found = json.loads(talk)
    except ValueError:
        found = None
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise CommandError(f"{path}:{number}: must be a JSON list of messages")
    return found


def as_json(exchange: Exchange) -> str:
    """An exchange on one line of JSON."""
    found = {
        "say": exchange.text,
        "acts": exchange.acts,
        "verdict": exchange.verdict,
        "statements": exchange.statements,
        "reply": exchange.reply,
    }
    return json.dumps(found, ensure_ascii=False)


def _assistant(content: Content) -> tuple[Assistant, Path]:
    from keepers.assistant import Assistant
    from keepers.model_names import newest_model

    model, current = newest_model(content)
    if not current:
        # Not on the way of a machine that reads what comes.
        note = f"({model.name} is older than the data: 'make train' makes a new one)"
        print(note, file=sys.stderr)
    return Assistant(model), model


def _ask(content: Content, questions: Sequence[str]) -> None:
    assistant, model = _assistant(content)
    mask = Masker(known_words()).mask
    for exchange in assistant.talk(questions):
        for shown in exchange_lines(content, exchange, mask):
            print(shown)
        text = (exchange.parsed.get("understanding") or {}).get("text")
        if text:
            for shown in _model_lines(model, text):
                print(shown)


def _reply_to(content: Content, path: Path) -> None:
    talks, out = read_talks(path), sys.stdout
    with contextlib.redirect_stdout(sys.stderr):  # what Rasa has to say is no reply
        assistant, _ = _assistant(content)
        for talk in talks:
            for exchange in assistant.talk(talk):
                print(as_json(exchange), file=out, flush=True)


def _work(options: argparse.Namespace) -> None:
    content = load()
    if options.topic:
        for shown in topic_forms(content, options.topic):
            print(shown)
        return
    if options.talks:
        _reply_to(content, options.talks)
        return
    questions = [each for each in options.question if each.strip()]
    if not questions:
        raise CommandError('give a question, Q="...", a topic, TOPIC=id, or talks, FILE=name')
    _ask(content, questions)


def main() -> int:
    """Command line: `python -m keepers.preview QUESTION ... | --topic ID | --talks FILE`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("question", nargs="*", help="several are one conversation")
    parser.add_argument("--topic", metavar="ID", help="all that one topic tells")
    parser.add_argument("--talks", metavar="FILE", type=Path, help="conversations, one a line")
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
