"""What is noted of a turn: how long it took and how it ended, never what was said."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence

from server import metrics

logger = logging.getLogger("assistant.turns")

# The most telling kind of reply counts for the turn.
_KINDS = ("apology", "clarify", "gap", "answer", "prompt", "small_talk")


def note(
    sender_id: str, channel: str | None, seconds: float, kinds: Sequence[str], error: str
) -> None:
    """Writes a log line and counts.

    Args:
        sender_id: Rasa's id of the conversation; only a hash of it is written.
        channel: name of the input channel.
        seconds: from taking the message up to storing the turn.
        kinds: of the replies.
        error: name of the exception that ended it, or nothing.
    """
    outcome = "error" if error else _outcome(kinds)
    metrics.turn(channel or "", outcome, seconds, error)
    fields = {
        "conversation": conversation_hash(sender_id),
        "channel": channel,
        "seconds": round(seconds, 4),
        "outcome": outcome,
        "error": error,
    }
    shown = " ".join(f"{name}={value}" for name, value in fields.items() if value != "")
    logger.info("turn %s", shown, extra=fields)


def _outcome(kinds: Sequence[str]) -> str:
    return next((kind for kind in _KINDS if kind in kinds), "silence")


def conversation_hash(sender_id: str) -> str:
    """Short name of a conversation in logs, which does not lead back to its id."""
    return hashlib.sha256(sender_id.encode(errors="replace")).hexdigest()[:16]
