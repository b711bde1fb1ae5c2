"""How far a figure may fall: the one rule for all floors of what is measured.

A floor stands two standard errors of its sample below the figure that was measured last (a share of
`size` things: `sqrt(share * (1 - share) / size)` each). That is what another training may change
by chance; what falls further has become worse. So beside each test stands what was measured, not
the floor, and who measures a better figure writes that down. Where nothing is trained, chance has
no part: the figure itself is the floor (`share`).
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

_ERRORS = 2


class Measured(NamedTuple):
    """A share as it was measured last, and of how many."""

    share: float
    size: int

    @classmethod
    def of(cls, right: int, size: int) -> Measured:
        """So many of so many."""
        return cls(right / size, size)

    @property
    def floor(self) -> float:
        """What a share may not fall below."""
        return self.share - self._chance

    @property
    def ceiling(self) -> float:
        """What a share of faults may not rise above."""
        return self.share + self._chance

    @property
    def _chance(self) -> float:
        return _ERRORS * sqrt(self.share * (1 - self.share) / self.size)
