"""Begins a topic: its content, its utterances and its test, each with what is to be filled in.

A topic that is half filled in does not pass `make validate`, which names the line.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import yaml

from keepers.files import write_all
from keepers.nlu_files import DATA, read_examples
from tools.console import CommandError, guarded, wrapped

CONTENT = Path("content")
TESTS = Path("tests/server/conversations")
_ID = re.compile(r"[a-z][a-z0-9_]*")
_GAP = "gap_"
_HOMES = {"gap": "gaps.yml", "aspect": "aspects.yml", "entry": "topics.yml"}
_PLURALS = {"gap": "gaps", "aspect": "aspects", "entry": "entries"}

_GAP_ITEM = """\
  - id: {id}
    title:  # on a button, one to three words
    answer:  # one honest sentence: what the source leaves open, and what it does say
    related: []  # answers to offer instead, by id
"""
_ENTRY_ITEM = """\
  - id: {id}
    title:  # on a button, one to three words
    question:  # as in "did you mean"
    answer:  # its first sentence answers the question
    more:  # what "tell me more" adds
    short:  # the answer in one plain sentence
    source: {{section: }}  # one of: {sections}
    related: []  # what to offer next, by id
"""
_CELL = """\
{indent}answer:
{indent}more:
{indent}short:
{indent}source: {{section: }}
"""
_NLU = """\
version: "3.1"

# How people ask about it, one wording a line ("- ..."): thirty varied ones are a good start.
nlu:
- intent: {id}
  examples: |
"""
_TEST = """\
# Ask in words that are not in data/nlu/; `must` has groups of regexes, one of each has to match.
- about: {id}
  turns:
    - user:
      must: []
"""


def _ids(plural: str) -> list[str]:
    """Ids of a kind, read as they stand: topics begun before this one may be half filled in."""
    found = []
    for path in sorted(CONTENT.glob("*.yml")):
        try:
            items = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get(plural) or []
            found += [str(item["id"]) for item in items]
        except (OSError, ValueError, yaml.YAMLError, AttributeError, TypeError, KeyError):
            raise CommandError(f"{path} is not readable: 'make validate' tells why") from None
    return found


def content_item(kind: str, topic_id: str, roles: list[str], sections: list[str]) -> str:
    """The topic's item in a content file, with empty fields."""
    names = ", ".join(sections)
    if kind == "gap":
        return _GAP_ITEM.format(id=topic_id)
    if kind == "entry":
        return _ENTRY_ITEM.format(id=topic_id, sections=names)
    cells = "".join(f"      {role}:\n{_CELL.format(indent=' ' * 8)}" for role in roles)
    return (
        f"  - id: {topic_id}\n    title:  # on a button, one to three words\n"
        '    question:  # as in "did you mean", of all roles\n'
        f"    # each section is one of: {names}\n"
        f"    cells:\n{cells}    comparison:\n{_CELL.format(indent=' ' * 6)}"
        "    related: []  # what to offer next, by id\n"
    )


def add_item(path: Path, kind: str, item: str) -> str:
    """A content file's text with an item added below its kind.

    Raises:
        CommandError: if the kind is not the last one of the file, so that nothing can be added.
    """
    plural = _PLURALS[kind]
    before = path.read_text(encoding="utf-8") if path.exists() else f"{plural}:\n"
    after = f"{before.rstrip()}\n\n{item}" if path.exists() else before + item
    try:
        old, new = (yaml.safe_load(text).get(plural) or [] for text in (before, after))
    except (yaml.YAMLError, AttributeError):
        raise CommandError(f"{path} is not readable: 'make validate' tells why") from None
    if len(new) != len(old) + 1:
        raise CommandError(f"{path} does not end with '{plural}:'; choose another file with FILE=")
    return after


def new_topic(topic_id: str, kind: str, file: str | None) -> list[Path]:
    """Writes the three files, all or none; returns them.

    Raises:
        CommandError: if the id is not one, is taken, or a file is there already.
    """
    if not _ID.fullmatch(topic_id):
        raise CommandError(
            f"{topic_id!r} is no id: small letters, digits and _, a letter first (ID=...)"
        )
    if (kind == "gap") != topic_id.startswith(_GAP):
        raise CommandError(f"a gap's id starts with '{_GAP}', no other topic's does")
    topics = {name for each in _PLURALS.values() for name in _ids(each)}
    if topic_id in topics | {each.intent for each in read_examples()}:
        raise CommandError(f"{topic_id!r} is a topic or an intent already")
    folder = {"gap": "gaps", "aspect": "aspects", "entry": "topics"}[kind]
    home = CONTENT / (file or _HOMES[kind])
    utterances, test = DATA / folder / f"{topic_id}.yml", TESTS / f"{topic_id}.yml"
    for path in (utterances, test):
        if path.exists():
            raise CommandError(f"there is a {path} already")
    item = content_item(kind, topic_id, _ids("roles"), _ids("sections"))
    write_all(
        {
            home: add_item(home, kind, item),
            utterances: _NLU.format(id=topic_id),
            test: _TEST.format(id=topic_id),
        }
    )
    return [home, utterances, test]


def _work(options: argparse.Namespace) -> None:
    kind = options.kind or ("gap" if options.id.startswith(_GAP) else "entry")
    home, utterances, test = new_topic(options.id, kind, options.file)
    print(f"Begun: the {kind} {options.id!r}. Fill in:")
    print(wrapped(f"{home}: the empty fields at its end", "     ", "  1. "))
    print(wrapped(f"{utterances}: at least ten wordings, better thirty", "     ", "  2. "))
    print(wrapped(f"{test}: a question, and what the reply must say", "     ", "  3. "))
    print("'make validate' tells what is missing; then 'make test'.")


def main() -> int:
    """Command line: `python -m keepers.new_topic ID [--kind entry|aspect|gap] [--file NAME]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("id", help="in small letters; that of a gap starts with gap_")
    parser.add_argument("--kind", choices=sorted(_PLURALS), help="entry, or gap by its id")
    parser.add_argument("--file", help="file of the content folder to write to")
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
