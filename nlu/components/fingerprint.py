"""What Rasa's training cache must know besides a component's own source."""

from __future__ import annotations

import hashlib
from pathlib import Path


def source_digest() -> str:
    """Digest of the modules of this package that know no Rasa.

    Rasa fingerprints a component by the source of its class alone
    (rasa/engine/training/fingerprinting.py, `calculate_fingerprint_key`); without this, a change in
    the encoder or the classifier would be answered from the cache with the old model.
    """
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
