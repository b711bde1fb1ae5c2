"""Trained models by name, read from their archives without Rasa."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

from content.loader import Content
from tools.console import CommandError
from tools.train import MODELS, kept_models, model_of, pinned

_METADATA = "metadata.json"  # rasa/engine/storage/local_model_storage.py


def model_names() -> dict[str, str]:
    """Names of the archives in the models folder by their models' ids."""
    found = {}
    for path in sorted(MODELS.glob("*.tar.gz")):
        model_id = _model_id(path)
        if model_id:
            found[model_id] = path.name.removesuffix(".tar.gz")
    return found


def _model_id(path: Path) -> str | None:
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                if member.name.endswith(_METADATA):
                    stream = archive.extractfile(member)
                    return str(json.load(stream)["model_id"]) if stream else None
    except (OSError, tarfile.TarError, EOFError, ValueError, KeyError):
        return None
    return None


def newest_model(content: Content) -> tuple[Path, bool]:
    """The model that is served, or else the newest one; and whether it is the one that is.

    Raises:
        CommandError: if there is none at all.
    """
    wanted = pinned() or model_of(content)
    if wanted.exists():
        return wanted, True
    models = kept_models()
    if not models:
        raise CommandError("there is no model yet: run 'make train' first")
    return models[0], False
