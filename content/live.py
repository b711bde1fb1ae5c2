"""Content that follows the files: an edit shows at once, a faulty one changes nothing."""

from __future__ import annotations

import logging
import threading
from functools import lru_cache
from pathlib import Path

from content.loader import DEFAULT_FOLDER, Content, ContentError, load

logger = logging.getLogger(__name__)
#: What to say when something breaks and no content was ever read that has words for it.
LAST_RESORT = "I'm sorry, I cannot answer at the moment. Please try again later."

_Stamp = tuple[tuple[str, int, int], ...]


@lru_cache(maxsize=1)
def live_content() -> LiveContent:
    """The project's content, shared by all in this process that speak to visitors."""
    return LiveContent()


class LiveContent:
    """The folder's content as it last loaded without a fault.

    Args:
        folder: where the YAML files are.
    """

    def __init__(self, folder: Path = DEFAULT_FOLDER) -> None:
        self._folder = Path(folder)
        self._lock = threading.Lock()
        self._stamp: _Stamp | None = None
        self._content: Content | None = None

    def follow(self, folder: Path) -> None:
        """From now on follows another folder: so an edit is tried before it is put in place."""
        with self._lock:
            self._folder, self._stamp = Path(folder), None

    def get(self) -> Content:
        """Current content; reads the files again when one of them has changed.

        Raises:
            ContentError: if the content has never loaded without a fault.
        """
        with self._lock:
            stamp = self._read_stamp()
            if stamp != self._stamp:
                self._reload(stamp)
            if self._content is None:
                return load(self._folder)  # raises the faults, again and again until mended
            return self._content

    def apology(self) -> str:
        """What to say when something breaks, even when there is no content."""
        try:
            return self.get().prompts["failure"]
        except Exception:
            logger.exception("no content to take the apology from")
            return LAST_RESORT

    def _read_stamp(self) -> _Stamp:
        stamp = []
        for path in sorted(self._folder.glob("*.yml")):
            try:
                status = path.stat()
            except FileNotFoundError:  # an editor is replacing the file this very moment
                continue
            stamp.append((path.name, status.st_mtime_ns, status.st_size))
        return tuple(stamp)

    def _reload(self, stamp: _Stamp) -> None:
        self._stamp = stamp
        try:
            self._content = load(self._folder)
        except ContentError as error:
            if self._content is None:
                return
            faults = "\n  ".join(map(str, error.faults))
            logger.error("content not taken over, the last good one stays:\n  %s", faults)
