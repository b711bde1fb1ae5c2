"""Trains a model when something that it depends on has changed since the last one."""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from content.loader import Content, ContentError, load
from nlu.made_examples import engine_files, model_words
from nlu.slots import slots
from tools.place import ENGINE, config, file_of, training_arguments

MODELS = Path("models")
KEPT_MODELS = 5
#: Names the model that a rollback chose.
PIN = MODELS / "rolled_back_to"


def inputs() -> Iterator[Path]:
    """Files that a model is made from; the words of answers are not among them."""
    yield from (config(), file_of("domain.yml"), ENGINE / "requirements/runtime.txt")
    data = (*engine_files(), *sorted(Path("data").rglob("*.yml")))
    yield from dict.fromkeys(path.resolve() for path in data)
    yield from sorted((ENGINE / "nlu").rglob("*.py"))
    yield ENGINE / "nlu" / "wordings.yml"
    yield from sorted((ENGINE / "reading").glob("*.py"))


def digest(words: list[str], files: Iterable[Path] | None = None) -> str:
    """Names the model that today's inputs make.

    Args:
        words: what else than files it is made from.
        files: that it is made from; `inputs()` if not given.
    """
    result = hashlib.sha256("\n".join(words).encode())
    for path in inputs() if files is None else files:
        result.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return result.hexdigest()[:12]


def model_of(content: Content) -> Path:
    """Where a model of today's inputs and a content is, if there is one."""
    return MODELS / f"assistant-{digest([*model_words(content), *slots()])}.tar.gz"


def train_if_changed(force: bool = False, content: Content | None = None) -> Path:
    """Path of a model of today's inputs, trained now if there is none.

    Args:
        force: whether to train in any case.
        content: what the model is to know; what the content folder has if not given.

    Raises:
        ContentError: if the content folder has faults, but not where a model of the given content
            is there already.
        RuntimeError: if training fails; its log is then in .run/train.log.
    """
    model = model_of(content or load())
    if not force and is_intact(model):
        return model
    model = model_of(load())  # training reads the folder
    name = model.name.removesuffix(".tar.gz")
    PIN.unlink(missing_ok=True)
    print("Training (about a minute) ...", flush=True)
    started = time.monotonic()
    _train(name, force)
    print(f"Trained in {time.monotonic() - started:.0f} s.", flush=True)
    forget_old_models()
    return model


def kept_models() -> list[Path]:
    """All models, the latest first."""
    found = MODELS.glob("assistant-*.tar.gz")
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def pinned() -> Path | None:
    """The model that a rollback chose, while it is there."""
    if not PIN.exists():
        return None
    model = MODELS / PIN.read_text(encoding="utf-8").strip()
    return model if model.exists() else None


def model_to_serve(content: Callable[[], Content] | None = None) -> Path:
    """The model that a rollback chose, else that of today's inputs, trained if there is none.

    Args:
        content: tells what the model is to know; what the content folder has if not given.
    """
    return pinned() or train_if_changed(content=content() if content else None)


def is_intact(model: Path) -> bool:
    """Whether a model is there and whole; one that was cut short has to be trained again."""
    try:
        with tarfile.open(model) as archive:
            return all(archive.extractfile(member) for member in archive if member.isfile())
    except (OSError, EOFError, tarfile.TarError, zlib.error):
        return False


def _train(name: str, force: bool) -> None:
    # Rasa writes the archive in place: train aside and move it, so that nobody finds half a model.
    log_path = Path(".run") / "train.log"
    log_path.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="model-", dir=log_path.parent) as aside:
        _train_in(Path(aside), name, force, log_path)


def _train_in(aside: Path, name: str, force: bool, log_path: Path) -> None:
    command = [sys.executable, "-m", "tools.rasa_cli", "train", "--skip-validation"]
    command += [*training_arguments(), *(["--force"] if force else [])]
    command += ["--fixed-model-name", name, "--out", str(aside)]
    with log_path.open("w", encoding="utf-8") as log:
        done = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False)
    trained = aside / f"{name}.tar.gz"
    if done.returncode or not trained.exists():
        raise RuntimeError(f"training failed; the reason stands at the end of {log_path}")
    MODELS.mkdir(exist_ok=True)
    os.replace(trained, MODELS / trained.name)


def forget_old_models() -> None:
    """Removes all but the latest models; not the one that a rollback chose."""
    for path in kept_models()[KEPT_MODELS:]:
        if path != pinned():
            path.unlink(missing_ok=True)


def main() -> int:
    """Command line: `python -m tools.train [--force]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--force", action="store_true", help="train even if nothing has changed")
    try:
        force = parser.parse_args().force
        PIN.unlink(missing_ok=True)
        print(f"Model: {train_if_changed(force)}")
    except (ContentError, RuntimeError, OSError) as error:
        print(f"make: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
