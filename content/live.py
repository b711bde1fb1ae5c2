"""Content that follows the files: an edit shows at once, a faulty one changes nothing."""

from __future__ import annotations

import logging
import threading
from functools import lru_cache
from pathlib import Path

from content.loader import Content, ContentError, content_files, content_folder, load

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
        folder: where the YAML files are; the assistant's own content if not given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = content_folder() if folder is None else Path(folder)
        self._lock = threading.Lock()
        self._stamp: _Stamp | None = None
        self._content: Content | None = None

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
        for path in content_files(self._folder):
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
