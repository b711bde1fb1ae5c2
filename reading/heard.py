"""A message, and what was said before it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reading.sides import Rename

_REPLY_WORDS = 40


@dataclass(frozen=True)
class Heard:
    """A message at its place in a conversation.

    Attributes:
        say: the message.
        reply: the last reply; empty at the beginning.
        previous: the visitor's message before; empty at the beginning.
        told: ids of the statements that the last reply told.
        earlier: the visitor's message before `previous`: half of what points back points there.
    """

    say: str
    reply: str = ""
    previous: str = ""
    told: tuple[str, ...] = ()
    earlier: str = ""

    def renamed(self, rename: Rename) -> Heard:
        """The same with neutral names for the sides."""
        return replace(
            self,
            say=rename(self.say),
            reply=rename(self.reply),
            previous=rename(self.previous),
            earlier=rename(self.earlier),
        )

    @property
    def views(self) -> tuple[str, str, str, str]:
        """What the retriever compares: the message, all of it, the last reply, what was asked."""
        reply = " ".join(self.reply.split()[:_REPLY_WORDS])
        asked = " ".join(text for text in (self.previous, self.earlier) if text)
        return self.say, " ".join([self.say, reply, asked]), self.reply, asked
