"""What the weights were made of, beside them: digests of the data and of the weights themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reading.articles import DATA, HELD_OUT
from reading.packing import digest_of
from reading.reader import READER, RETRIEVER, THRESHOLDS

PROVENANCE = "provenance.json"


def data_digest() -> str:
    """Digest of all that the reader is trained on."""
    return digest_of(*DATA.glob("*.json"), *(DATA / "dialogues").glob("*.json"), HELD_OUT)


def weights_digest(folder: Path) -> str:
    """Digest of the weights in a folder."""
    return digest_of(folder / READER, folder / RETRIEVER)


def write_provenance(folder: Path, **more: Any) -> None:
    """Writes what the weights in a folder were made of."""
    made_of = {"data": data_digest(), "weights": weights_digest(folder), **more}
    (folder / PROVENANCE).write_text(json.dumps(made_of, indent=1) + "\n", encoding="utf-8")


def renew(folder: Path) -> None:
    """Writes digests anew after heads were fitted, which change neither network nor thresholds."""
    found = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    write_provenance(
        folder, **{name: each for name, each in found.items() if name not in ("data", "weights")}
    )
    chosen = json.loads((folder / THRESHOLDS).read_text(encoding="utf-8"))
    chosen["weights"] = weights_digest(folder)
    (folder / THRESHOLDS).write_text(json.dumps(chosen, indent=1) + "\n", encoding="utf-8")
