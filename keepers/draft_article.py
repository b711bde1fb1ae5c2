"""A first draft of an article's content: its sections, and its sentences as statements.

Nothing is understood here. The draft saves an editor the typing and says at each statement what is
to be looked at; the work of making facts of sentences stays.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from content.files import write_all
from content.names import plural_of
from content.schema import TEXT_WORDS
from keepers.article_text import Section, Sentence, Text, parse
from tools.console import CommandError, guarded

_OUT = "draft"
_SIDES = re.compile(r"^(.+?)\s+(?:vs\.?|versus)\s+(.+?)(?:[:?!,–—-]\s.*|[:?!]|$)", re.IGNORECASE)
_HEAD = "# A first draft, made of the article's own sentences: restate each as a fact of its own.\n"


def content_of(text: Text) -> dict[str, str]:
    """Content files by name."""
    told = [each for each in text.sections if not each.is_sources]
    cited = [each for each in text.sections if each.is_sources]
    ids = _ids([each.title for each in told])
    return {
        "sources.yml": _sources(text, list(zip(ids, told, strict=True)), cited),
        "roles.yml": _roles(text.title),
        "statements.yml": _HEAD
        + "statements:\n"
        + "\n".join(
            _statement(f"{name}_{place}", name, each)
            for name, section in zip(ids, told, strict=True)
            for place, each in enumerate(section.sentences, 1)
        ),
        "topics.yml": _HEAD + "topics:\n" + "\n".join(map(_topic, ids, told)) + "\ngaps: []\n",
    }


def _ids(titles: list[str]) -> list[str]:
    """Short ids made of titles, each another one."""
    found: list[str] = []
    for title in titles:
        words = [word for word in re.findall(r"[a-z0-9]+", title.lower()) if len(word) > 1]
        name = "_".join(words[:3]) or "part"
        name = name if name[0].isalpha() else f"part_{name}"
        taken = sum(each == name or each.startswith(f"{name}_x") for each in found)
        found.append(f"{name}_x{taken}" if taken else name)
    return found


def _sources(text: Text, told: list[tuple[str, Section]], cited: list[Section]) -> str:
    lines = [
        "article:",
        f"  title: {quoted(text.title)}" if text.title else "  title:  # the article's",
        "  # publisher: who published it",
        "  # published: on which day",
        "",
        "sections:",
        *(f"  - {{id: {name}, title: {quoted(each.title)}}}" for name, each in told),
        "",
    ]
    entries = [each.text for section in cited for each in section.sentences]
    lines.append("references:" if entries else "references: []")
    for place, entry in enumerate(entries, 1):
        lines += [
            f"  # {entry}",
            f"  - id: reference_{place}",
            "    cited_for:  # what the article takes from it",
            "    author:",
            "    title:",
            "    published:",
            "    address:",
        ]
    return "\n".join(lines) + "\n"


def _roles(title: str) -> str:
    sides = _SIDES.match(title)
    if not sides:
        return "# What the article sets side by side, if anything.\nroles: []\n"
    lines = [
        "# What the article seems to set side by side; `names` are all other ways to call it.",
        "roles:",
    ]
    for name in map(str.strip, sides.groups()):
        lines += [f"  - id: {_ids([name])[0]}", f"    title: {quoted(name)}"]
        lines += [f"    plural: {quoted(plural_of(name))}", "    names: []"]
    return "\n".join(lines) + "\n"


def _statement(name: str, section: str, sentence: Sentence) -> str:
    lines = [f"  # {note}" for note in notes(sentence)]
    lines += [f"  - id: {name}", f"    text: {quoted(sentence.text.rstrip(':'))}"]
    lines.append(f"    source: {{section: {section}}}")
    if sentence.points:
        kind = "steps" if sentence.is_ordered else "items"
        lines.append(f"    {kind}: [{', '.join(map(quoted, sentence.points))}]")
    return "\n".join(lines) + "\n"


def notes(sentence: Sentence) -> Iterator[str]:
    """What an editor has to do about a sentence, or should look at."""
    low, high = TEXT_WORDS
    if sentence.words > high:
        yield f"TO DO: {sentence.words} words, at most {high}: make two or three statements of it"
    elif sentence.words < low:
        yield f"TO DO: {sentence.words} words, at least {low}: say the whole fact"
    if sentence.leans:
        yield f"TO DO: say what '{sentence.text.split()[0]}' stands for"
    if not sentence.points and sentence.text[-1] not in ".!?\"'”’)":
        yield "TO DO: it breaks off"
    if sentence.text.endswith("?"):
        yield "TO DO: a question is no statement"
    if sentence.looks:
        yield f"looks like {', '.join(sentence.looks)}"


def _topic(name: str, section: Section) -> str:
    ids = [f"{name}_{place}" for place in range(1, len(section.sentences) + 1)]
    lines = [f"  - id: {name}", f"    title: {quoted(section.title)}"]
    lines.append(
        f"    question: {quoted(section.question)}"
        if section.question
        else "    question:  # as somebody would ask for it"
    )
    lines.append(f"    statements: [{', '.join(ids)}]")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as a value of YAML."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _work(options: argparse.Namespace) -> None:
    path, out = Path(options.article), Path(options.out)
    try:
        text = parse(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read as text: {error} (ARTICLE=file)") from error
    if not text.sections:
        raise CommandError(f"{path} has no sentences")
    files = {out / name: each for name, each in content_of(text).items()}
    there = [str(each) for each in files if each.exists()]
    if there:
        raise CommandError(f"{', '.join(there)}: there already; name another folder with OUT=")
    write_all(files)
    todo = sum("# TO DO" in line for each in files.values() for line in each.splitlines())
    number = sum(len(each.sentences) for each in text.sections)
    print(
        f"{out}: {number} sentences in {len(text.sections)} sections, {todo} with something TO DO."
    )
    print(
        "A draft only. What an editor must still do:\n"
        "  1. Restate each sentence as one fact that stands by itself; split, drop, reword.\n"
        "  2. Fill in what is empty: publisher, day, questions, references.\n"
        "  3. Say what the article leaves open that people will ask (`open: true`).\n"
        f"  4. Move the files to content/ (mv {out}/*.yml content/), then 'make check-content'."
    )


def main() -> int:
    """Command line: `python -m keepers.draft_article FILE [--out FOLDER]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("article", help="a text or Markdown file")
    parser.add_argument("--out", default=_OUT, help=f"a folder for the draft ({_OUT})")
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
