"""How many turns a server works on at a time, and whom it sends away at once.

A turn needs a core, and there is one for all of them: taken on together, they all end late. So a
few are worked on, the others wait in line, and who would wait for longer than there is time is told
so at once, while somebody else can still be asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache

# Enough to use the core while others wait for the database or the action server.
_AT_ONCE = 6
# Weight of the latest turn in the mean; what a turn is taken for before there was one, as it shares
# the core with the others.
_WEIGHT = 0.1
_FIRST_SECONDS = 0.25


class Crowded(Exception):
    """There is no time to wait for one's turn."""


class Crowd:
    """The line before the work.

    Args:
        at_once: how many are worked on at a time.
    """

    def __init__(self, at_once: int = _AT_ONCE) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._at_once = at_once
        self._inside = 0
        self._waiting = 0
        self._seconds = _FIRST_SECONDS

    def ask(self, until: float) -> None:
        """Looks at the line without joining it.

        Args:
            until: moment of the loop's clock at which the work is to be done.

        Raises:
            Crowded: if the line is too long for that.
        """
        ahead = self._inside + self._waiting + 1 - self._at_once
        # Where there is no line there is no guessing either: whoever comes is how it learns that
        # turns have become quick again.
        seconds = self._seconds * (1 + ahead / self._at_once) if ahead > 0 else 0.0
        if asyncio.get_running_loop().time() + seconds > until:
            raise Crowded

    @asynccontextmanager
    async def place(self, until: float) -> AsyncIterator[None]:
        """Waits in line, and has a place while the block runs.

        Args:
            until: moment of the loop's clock at which the work is to be done.

        Raises:
            Crowded: at once if the line is too long; later if it was longer than it looked.
        """
        self.ask(until)
        clock = asyncio.get_running_loop().time
        self._waiting += 1
        try:
            await asyncio.wait_for(self._places.acquire(), until - clock())
        except asyncio.TimeoutError:
            raise Crowded from None
        finally:
            self._waiting -= 1
        self._inside += 1
        begun = clock()
        try:
            yield
        finally:
            self._seconds += _WEIGHT * (clock() - begun - self._seconds)
            self._inside -= 1
            self._places.release()


@lru_cache(maxsize=1)
def crowd() -> Crowd:
    """The line of this process."""
    return Crowd()
