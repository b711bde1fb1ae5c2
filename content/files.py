"""Writes files so that nobody ever finds half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_all(texts: Mapping[Path, str], is_private: bool = False) -> None:
    """Replaces or creates files: all are first written aside, then moved into place.

    Ended at any moment, by whatever signal, each file is the old one or the new one. Where one
    cannot be written, on a full disk say, nothing that was written aside is left.

    Args:
        texts: what the files say.
        is_private: whether only who writes them may read them.
    """
    aside: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Hidden and not *.yml, so that neither Rasa nor the content loader takes it for a file.
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
            aside[path] = Path(name)
            _write(handle, text)
            if not is_private:
                os.chmod(name, _mode(path))
        for path, temporary in aside.items():
            os.replace(temporary, path)
    finally:
        for temporary in aside.values():
            temporary.unlink(missing_ok=True)


def _write(handle: int, text: str) -> None:
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
