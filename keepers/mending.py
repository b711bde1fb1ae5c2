"""Makes of what was judged what is checked from then on: a conversation, a labelled turn."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from content.files import write_all
from content.loader import Content
from keepers.masking import Masker, is_masked
from keepers.transcript import Spoken
from keepers.turns import VERDICTS
from reading.articles import LABELS
from tools.console import CommandError

#: Conversations that keepers kept, played by the tests as all others of the folder.
STORIES = Path("tests/server/conversations/kept.yml")
#: Turns that keepers labelled, in the form of the reader's data (`make reading DATA=...`).
LABELLED = Path("keepers/labelled")
_WORD = re.compile(r"[a-z0-9]+")
_BEFORE = 2  # turns of the conversation that are kept with it
_HEAD = (
    "# What visitors were told wrongly once, with what they should be told; see docs/keeping.md.\n"
)


@dataclass(frozen=True)
class Scene:
    """A message in its conversation, masked: what was typed before, with what it told.

    Attributes:
        say: the message.
        before: messages typed before it, the last ones, with ids of what was told.
    """

    say: str
    before: Sequence[tuple[str, Sequence[str]]]


def scene_of(said: Sequence[Spoken], at: float, say: str, masker: Masker) -> Scene:
    """The scene of a message.

    Raises:
        CommandError: if personal data is masked in it, or something may be personal. What was
            typed before is kept from behind the last one of which that is so.
    """
    earlier = [each for each in said if each.time < at and not each.text.startswith("/")]
    before: list[tuple[str, Sequence[str]]] = []
    for each in reversed(earlier[-_BEFORE:]):
        text = masker.mask(each.text)
        if _is_personal(text, masker):
            break
        before.insert(0, (text, tuple(each.statements)))
    if _is_personal(say, masker):
        raise CommandError(f"there may be personal data in it: {say}; reword it first (e)")
    return Scene(say, before)


def _is_personal(text: str, masker: Masker) -> bool:
    return is_masked(text) or bool(masker.doubts(text))


def keep_story(scene: Scene, wanted: str, content: Content, path: Path = STORIES) -> str:
    """Adds a conversation to those that the tests play; returns what it is called.

    Args:
        scene: the message in its conversation.
        wanted: what it should be told: ids of statements or a topic, and a verdict.
        content: knows these.
        path: the file.

    Raises:
        CommandError: if something wanted does not exist.
    """
    turn = {"user": scene.say, **_expected(wanted, content)}
    turns = [{"user": text, **_told(ids, content)} for text, ids in scene.before]
    before = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    about = f"kept {before.count('- about:') + 1}"
    story = [{"about": about, "turns": [*turns, turn]}]
    text = yaml.safe_dump(story, sort_keys=False, allow_unicode=True, width=96)
    write_all({path: f"{before}\n{text}"})
    return about


def _told(ids: Sequence[str], content: Content) -> dict[str, Any]:
    known = [each for each in ids if each in content.statements]
    return {"tells": [known]} if known else {"must": [["."]]}


def _expected(wanted: str, content: Content) -> dict[str, Any]:
    """What a reply must be like, from what was typed: "no ml_lang", "gap_pay"."""
    found: dict[str, Any] = {}
    for name in wanted.replace(",", " ").split():
        if name in VERDICTS:
            found["verdict"] = name
        elif name in content.statements:
            found.setdefault("tells", []).append([name])
        elif content.topic(name) or content.topic(name.partition("/")[0]):
            found["answers"] = [name]
        else:
            raise CommandError(f"{name!r} is no statement, topic, gap or verdict")
    if not found:
        raise CommandError("say what should be told: ids of statements, a gap, a verdict")
    return found


def keep_labelled(
    scene: Scene, labels: str, content: Content, folder: Path = LABELLED
) -> tuple[Path, int]:
    """Adds a turn for the reader; returns the file and how many turns it has.

    Args:
        scene: the message in its conversation.
        labels: what statements are to it, as typed: "ml_lang=denies ai_lang=near", or "none".
        content: knows the statements.
        folder: where the article's file is.

    Raises:
        CommandError: if a statement or a label does not exist, or the file cannot be read.
    """
    path = folder / f"{article_name(content)}.json"
    turn: dict[str, Any] = {"say": scene.say, "labels": _labels(labels, content), "after": None}
    if scene.before:
        text, told = scene.before[-1]
        turn["after"] = {"user": text, "bot": list(told)}
    article = _read(path)
    article["name"] = path.stem
    article["statements"] = {each.id: each.text for each in content.statements.values()}
    article.setdefault("turns", []).append(turn)
    write_all({path: json.dumps(article, ensure_ascii=False, indent=1) + "\n"})
    return path, len(article["turns"])


def article_name(content: Content) -> str:
    """The name of the article's file: from it the reader takes what is compared, if anything."""
    names = [role.title for role in content.roles.values()] or [content.article.title]
    return "-vs-".join("-".join(_WORD.findall(name.lower())) for name in names)


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CommandError(f"{path} cannot be read: {error}") from error
    return dict(found)


def _labels(typed: str, content: Content) -> Mapping[str, str]:
    if typed.strip() == "none":
        return {}
    found = {}
    for pair in typed.replace(",", " ").split():
        name, _, label = pair.partition("=")
        if name not in content.statements:
            raise CommandError(f"there is no statement {name!r}")
        matching = [each for each in LABELS[1:] if label and each.startswith(label)]
        if len(matching) != 1:
            raise CommandError(f"{pair}: say {name}=answers, confirms, denies or near")
        found[name] = matching[0]
    if not found:
        raise CommandError("say what statements are to it: ml_lang=answers, or none")
    return found
