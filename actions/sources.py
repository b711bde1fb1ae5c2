"""Where an answer is from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.thread import Subject
from actions.wording import has_phrase, stems
from content.loader import Content
from content.schema import Reference

_INTERNAL = {"id", "names", "kinds", "cited_for"}


def source_of(content: Content, subject: Subject) -> dict[str, Any]:
    """The article, the section that a subject's answer is from and the reference it cites there.

    Section and reference are None for a gap; the reference also where the section cites none.
    """
    article = content.article
    source: dict[str, Any] = {
        "section": None,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "reference": None,
    }
    if subject.topic in content.gaps:
        return source
    named = content.reply(subject.topic, subject.role).source
    source["section"] = content.sections[named.section].title
    if named.reference is not None:
        source["reference"] = content.references[named.reference].dict(exclude=_INTERNAL)
    return source


def source_of_all(content: Content) -> str:
    """The article and all its references, in words."""
    article = content.article
    authors = [str(each.author) for each in content.references.values()]
    *first, last = authors or [content.prompts["no_references"]]
    return content.prompts["source_all"].format(
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        references=f"{', '.join(first)} and {last}" if first else last,
    )


def named_references(content: Content, words: Sequence[str]) -> list[Reference]:
    """The references that a text names."""
    heard = stems(words)
    return [
        each
        for each in content.references.values()
        if any(has_phrase(heard, name) for name in each.names)
    ]


def source_text(content: Content, subject: Subject, asks_whom: bool = False) -> str:
    """The same in words; who asks whom the article cites is told also that it cites nobody."""
    source = source_of(content, subject)
    values = {name: source[name] for name in ("section", "title", "publisher", "published")}
    prompt = "source_uncited" if asks_whom else "source"
    if source["section"] is None:
        prompt = "source_gap"
    if source["reference"]:
        cited = source["reference"]
        prompt = "source_reference"
        values |= {"author": cited["author"], "reference": cited["title"]}
        values |= {"cited": cited["published"], "address": cited["address"]}
    return content.prompts[prompt].format(**values)
