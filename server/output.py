"""Output channels around a channel's own: one notes what is said, one holds it back a while."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel


class Tap(OutputChannel):
    """Passes replies on and notes their kinds.

    Args:
        channel: where they go.
    """

    def __init__(self, channel: OutputChannel) -> None:
        self.channel = channel
        self.kinds: list[str] = []

    def name(self) -> str:
        """Name of the channel behind it, by which the domain words some responses."""
        return str(self.channel.name())

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Takes one reply; the only method that Rasa calls (rasa/core/processor.py)."""
        self.kinds.append(message.get("kind") or "small_talk")
        await self.channel.send_response(recipient_id, message)


class HeldReplies(Tap):
    """Keeps replies back until the turn that they belong to is stored."""

    def __init__(self, channel: OutputChannel) -> None:
        super().__init__(channel)
        self._held: list[tuple[str, dict[str, Any]]] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Takes one reply."""
        self._held.append((recipient_id, message))

    async def release(self) -> int:
        """Sends the replies; returns how many there were."""
        for recipient_id, message in self._held:
            await super().send_response(recipient_id, message)
        return len(self._held)
