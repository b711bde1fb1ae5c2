"""Whether a reply tells what it should: by the statements that it names, not by its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from content.loader import load


def tells(reply: Mapping[str, Any], topic: str, role: str | None = None) -> bool:
    """Whether what a reply tells first is on a topic, and on a role where one is given.

    Args:
        reply: as the web chat gets it, or the metadata of an utterance.
        topic: id of a topic or of a gap; a gap is told by its name alone.
        role: of a topic that tells something of each role.
    """
    content = load()
    if topic in content.gaps:
        return bool(reply.get("answer") == topic)
    statements = reply.get("statements") or [""]
    return statements[0] in {each.id for each in content.told_of(topic, role)}
