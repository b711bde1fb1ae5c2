"""What Rasa's training cache must know besides a component's own source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from reading.reader import WEIGHTS

_NLU = Path(__file__).parents[1]


@lru_cache(maxsize=1)
def source_digest() -> str:
    """Digest of the modules that know no Rasa, here and in `reading`, and of the reader's weights.

    Rasa fingerprints a component by the source of its class alone
    (rasa/engine/training/fingerprinting.py, `calculate_fingerprint_key`); without this, a change in
    the encoder or the classifier would be answered from the cache with the old model.
    """
    digest = hashlib.sha256()
    for path in _files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    for folder in (_NLU, WEIGHTS.parent):
        yield from sorted(folder.glob("*.py"))
    yield from (_NLU / "lexicon.yml", _NLU / "wordings.yml")
    yield from sorted(path for path in WEIGHTS.glob("*") if path.is_file())
