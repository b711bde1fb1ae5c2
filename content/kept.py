"""The last content without a fault, kept on disk, so that a restart does not depend on an edit."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from content.files import write_all
from content.loader import Content, ContentError, compile_texts

logger = logging.getLogger(__name__)


class KeptContent:
    """One file with the texts of all content files as they last were without a fault.

    Args:
        path: of that file; its folder is made if need be.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, content: Content, texts: Mapping[str, str]) -> None:
        """Keeps content that has no fault; where that is not possible, a log line says so."""
        value = json.dumps({"version": content.version, "files": dict(texts)})
        with suppress(OSError, UnicodeDecodeError):
            if self._path.read_text(encoding="utf-8") == value:
                return
        try:
            write_all({self._path: value}, is_private=True)
        except OSError:
            # As in an image, whose content nobody can break either.
            logger.info("the content is not kept for a restart: %s cannot be written", self._path)

    def read(self) -> Content | None:
        """The kept content; None if there is none that this version of the assistant takes."""
        try:
            value = json.loads(self._path.read_text(encoding="utf-8"))
            content = compile_texts(value["files"])
            is_whole = content.version == value["version"]
        except (OSError, ValueError, KeyError, TypeError, AttributeError, ContentError):
            return None
        return content if is_whole else None
