"""Content that follows the files: an edit shows at once, a faulty one changes nothing."""

from __future__ import annotations

import logging
import threading
from functools import lru_cache
from pathlib import Path

from content.draft import Fault
from content.kept import KeptContent
from content.loader import (
    Content,
    ContentError,
    compile_texts,
    content_files,
    content_folder,
    read_texts,
)

logger = logging.getLogger(__name__)
#: What to say when something breaks and no content was ever read that has words for it.
LAST_RESORT = "I'm sorry, I cannot answer at the moment. Please try again later."

#: Where the last good content is kept beside the content, for a start while an edit is broken.
KEPT = Path(".run") / "last_good_content.json"

_Stamp = tuple[tuple[str, int, int], ...]


@lru_cache(maxsize=1)
def live_content() -> LiveContent:
    """The assistant's content, shared by all in this process that speak to visitors."""
    folder = content_folder()
    return LiveContent(folder, folder.parent / KEPT)


class LiveContent:
    """The folder's content as it last loaded without a fault, also if that was before a restart.

    Args:
        folder: where the YAML files are; the assistant's own content if not given.
        kept: file that the content is kept in for a restart; without one it is not kept.

    Attributes:
        faults: of the files as they are now; the content is then an older one.
    """

    def __init__(self, folder: Path | None = None, kept: Path | None = None) -> None:
        self.faults: list[Fault] = []
        self._folder = content_folder() if folder is None else Path(folder)
        self._kept = KeptContent(kept) if kept else None
        self._lock = threading.Lock()
        self._stamp: _Stamp | None = None
        self._content: Content | None = None

    def follow(self, folder: Path) -> None:
        """From now on follows another folder: so an edit is tried before it is put in place.

        Nothing is kept any more: a restart has to find what is in place, and not what was tried.
        """
        with self._lock:
            self._folder, self._stamp, self._kept = Path(folder), None, None

    def get(self) -> Content:
        """Current content; reads the files again when one of them has changed.

        Raises:
            ContentError: if the content has never loaded without a fault.
        """
        with self._lock:
            stamp = self._read_stamp()
            if stamp != self._stamp or self._content is None:
                self._reload(stamp)
            if self._content is None:
                raise ContentError(self.faults)
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
            texts, unread = read_texts(self._folder)
            self._content = compile_texts(texts, unread)
        except ContentError as error:
            self.faults = error.faults
            self._fall_back()
            return
        self.faults = []
        if self._kept is not None:
            self._kept.keep(self._content, texts)

    def _fall_back(self) -> None:
        faults = "\n  ".join(map(str, self.faults))
        if self._content is not None:
            logger.error("content not taken over, the last good one stays:\n  %s", faults)
            return
        self._content = self._kept.read() if self._kept is not None else None
        if self._content is not None:
            version = self._content.version
            logger.error("started with the last good content, %s; faults:\n  %s", version, faults)
