"""Rasa's slots: what the thread of a conversation keeps, so that nobody lists it a second time."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from dialogue.thread import Thread


def slots() -> dict[str, dict[str, Any]]:
    """The slots of a domain: one for each field of the thread.

    They are of the one kind that never influences a policy: the action alone reads and sets them.
    """
    return {each.name: {"type": "any", "mappings": [{"type": "custom"}]} for each in fields(Thread)}
