"""Where a statement is from."""

from __future__ import annotations

from typing import Any

from actions.reply import Scene
from content.loader import Content

_INTERNAL = {"id", "cited_for"}


def source_of(content: Content, statement: str | None) -> dict[str, Any]:
    """The article, the section that a statement is from and the reference it cites there.

    Section and reference are None where nothing is told; the reference also where none is cited.
    """
    article = content.article
    source: dict[str, Any] = {
        "section": None,
        "title": article.title,
        "publisher": article.publisher or "",
        "published": article.published or "",
        "reference": None,
    }
    if statement is None:
        return source
    named = content.statements[statement].source
    if named is None:
        return source
    source["section"] = content.sections[named.section].title
    if named.reference is not None:
        source["reference"] = content.references[named.reference].dict(exclude=_INTERNAL)
    return source


def source_text(scene: Scene, statement: str | None) -> str:
    """The same in words."""
    source = source_of(scene.content, statement)
    if statement is None:
        return scene.prompt("source_gap")
    section, cited = source["section"], source["reference"]
    if cited is None:
        if section == scene.content.article.title:  # it has no sections
            return scene.prompt("source_article")
        name = "source_uncited" if scene.content.references else "source"
        return scene.prompt(name, section=section)
    values = {"author": cited["author"], "reference": cited["title"]}
    values |= {"cited": cited["published"], "address": cited["address"]}
    return scene.prompt("source_reference", section=section, **values)


def source_of_all(scene: Scene) -> str:
    """The article and all its references, in words."""
    content = scene.content
    items = []
    for each in content.references.values():
        named = {"author": each.author, "reference": each.title, "cited": each.published}
        named |= {"cited_for": each.cited_for, "address": each.address}
        items.append(scene.prompt("reference_item", **named))
    return scene.prompt(
        "source_all", references="; ".join(items) or content.prompts["no_references"]
    )
