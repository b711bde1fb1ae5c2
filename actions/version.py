"""The action that says which content and which model the assistant speaks from."""

from __future__ import annotations

from actions.base import ThreadAction
from actions.turn import Reply, Turn

_MODEL_LETTERS = 12
_UNKNOWN = "?"


class ActionVersion(ThreadAction):
    """Tells what reports and keepers know the assistant's present state by."""

    def respond(self, turn: Turn) -> Reply:
        """Digest of the content, first letters of the model's id, and the article's date."""
        article = turn.content.article
        values = {
            "content": turn.content.version,
            "model": turn.model[:_MODEL_LETTERS] or _UNKNOWN,
            "title": article.title,
            "published": article.published,
        }
        return Reply(turn.thread, prompt="version", values=values)
