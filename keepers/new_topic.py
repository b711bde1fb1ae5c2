"""Begins a topic: its content, its utterances and its test, each with what is to be filled in.

Its content is a file of its own, and a draft: the assistant leaves it out, so that all other edits
are told while it is being written. A topic that is half filled in does not pass `make validate`,
which names the line.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import yaml

from content.files import write_all
from keepers.nlu_files import home_of, read_examples
from tools.console import CommandError, guarded, wrapped
from tools.place import is_engine

CONTENT = Path("content")
TESTS = Path("tests/server/conversations")
GAP, GRID, TOPIC = "gap", "grid", "topic"
_ID = re.compile(r"[a-z][a-z0-9_]*")
_GAP = "gap_"
_SOURCE = re.compile(r"^ +source: .*\n", re.MULTILINE)

_DRAFT = "draft: true  # nobody is told of it until this line is taken out\n\n"
_TITLE = "    title:  # on a button, one to three words\n"
_RELATED = "    related: []  # what to offer next, by id\n"
_GAP_ITEM = f"""\
gaps:
  - id: {{id}}
{_TITLE}    answer:  # one honest sentence: what the source leaves open, and what it does say
{_RELATED}"""
_STATEMENT = """\
  - id: {id}
    text:  # one fact in a sentence that stands by itself
    simple:  # the same for a fourteen-year-old
    source: {{section: }}  # one of: {sections}
"""
_ROLE_STATEMENT = f"""\
{_STATEMENT}    brief:  # its gist for a table, two to eight words
    role: {{role}}
"""
_TOPIC_ITEM = f"""\

topics:
  - id: {{id}}
{_TITLE}    question:  # as in "did you mean"
{{told}}{_RELATED}"""
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


def _ids(*kinds: str) -> list[str]:
    """Ids of some kinds, read as they stand: topics begun before may be half filled in."""
    found = []
    for path in sorted(CONTENT.glob("*.yml")):
        try:
            blocks = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
            found += [str(item["id"]) for kind in kinds for item in blocks.get(kind) or []]
        except (OSError, ValueError, yaml.YAMLError, AttributeError, TypeError, KeyError):
            raise CommandError(f"{path} is not readable: 'make validate' tells why") from None
    return found


def content_of(kind: str, topic_id: str, roles: list[str], sections: list[str]) -> str:
    """The topic's content file, with empty fields: one statement, or one of each role."""
    if kind == GAP:
        return _DRAFT + _GAP_ITEM.format(id=topic_id)
    names = ", ".join(sections)
    if kind == TOPIC:
        first = f"{topic_id}_1"
        told = f"    statements: [{first}]  # in the order of telling; others may be among them\n"
        statements = _STATEMENT.format(id=first, sections=names)
    else:
        told = "    roles:  # of each in the order of telling; others may be among them\n"
        told += "".join(f"      {role}: [{topic_id}_{role}]\n" for role in roles)
        statements = "\n".join(
            _ROLE_STATEMENT.format(id=f"{topic_id}_{role}", role=role, sections=names)
            for role in roles
        )
    if not sections:  # then every statement is from the article as a whole
        statements = _SOURCE.sub("", statements)
    return f"{_DRAFT}statements:\n{statements}{_TOPIC_ITEM.format(id=topic_id, told=told)}"


def new_topic(topic_id: str, kind: str) -> list[Path]:
    """Writes the three files, all or none; returns them.

    Raises:
        CommandError: if the id is not one, is taken, or a file is there already.
    """
    if not _ID.fullmatch(topic_id):
        raise CommandError(
            f"{topic_id!r} is no id: small letters, digits and _, a letter first (ID=...)"
        )
    if (kind == GAP) != topic_id.startswith(_GAP):
        raise CommandError(f"a gap's id starts with '{_GAP}', no other topic's does")
    if topic_id in {*_ids("topics", "gaps"), *(each.intent for each in read_examples())}:
        raise CommandError(f"{topic_id!r} is a topic or an intent already")
    name = f"{topic_id}.yml"
    texts = {
        CONTENT / name: content_of(kind, topic_id, _ids("roles"), _ids("sections")),
        TESTS / name: _TEST.format(id=topic_id),
    }
    if is_engine():  # an article needs no questions, but this one has some for every topic
        texts[home_of(topic_id)] = _NLU.format(id=topic_id)
    for path in texts:
        if path.exists():
            raise CommandError(f"there is a {path} already")
    write_all(texts)
    return list(texts)


def _work(options: argparse.Namespace) -> None:
    kind = options.kind or (GAP if options.id.startswith(_GAP) else TOPIC)
    content, test, *utterances = new_topic(options.id, kind)
    print(f"Begun: the {kind} {options.id!r}. Fill in:")
    print(wrapped(f"{content}: the empty fields", "     ", "  1. "))
    print(wrapped(f"{test}: a question, and what the reply must say", "     ", "  2. "))
    for path in utterances:
        print(wrapped(f"{path}: at least ten wordings, better thirty", "     ", "  3. "))
    number = 3 + len(utterances)
    print(wrapped(f"{content}: take out its first line, 'draft: true'", "     ", f"  {number}. "))
    print("'make validate' tells what is missing. Then 'make train', and restart the assistant.")


def main() -> int:
    """Command line: `python -m keepers.new_topic ID [--kind topic|grid|gap]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("id", help="in small letters; that of a gap starts with gap_")
    parser.add_argument(
        "--kind",
        choices=(TOPIC, GRID, GAP),
        help="topic; gap by its id; grid: a topic that tells something of each role by itself",
    )
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
