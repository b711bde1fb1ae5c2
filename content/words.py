"""The words of the article that every prompt may have, so that prompts fit any article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from content.names import listed
from content.schema import GENERAL, Article, Role, Topic

Variants = dict[str, tuple[str, ...]]


def filled(
    variants: Variants, article: Article, roles: Iterable[Role], topics: Iterable[Topic]
) -> Variants:
    """The prompts with what they say of this article in the place of its words in braces."""
    roles = list(roles)
    title, publisher = article.title, article.publisher or variants["publisher_unknown"][0]
    if article.publisher and article.published:
        named = variants["article_named"][0].format(
            title=title, publisher=publisher, published=article.published
        )
    else:
        named = variants["article_titled"][0].format(title=title)
    subject = article.subject or (listed([role.field for role in roles]) if roles else f'"{title}"')
    words = {
        "subject": subject,
        "roles": listed([role.plural for role in roles]) if roles else subject,
        "article": named,
        "publisher": publisher,
        "example": next((each.question for each in topics), variants["no_example"][0]),
    }
    return {name: tuple(_fill(text, words) for text in texts) for name, texts in variants.items()}


def _fill(text: str, words: Mapping[str, str]) -> str:
    for name in GENERAL:
        safe = words[name].replace("{", "{{").replace("}", "}}")
        text = text.replace(f"{{{name}}}", safe)
    return text
