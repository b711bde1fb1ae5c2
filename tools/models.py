"""The models that are kept, and which is served: today's, or one that was rolled back to."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from content.loader import load
from tools.console import CommandError, guarded, table
from tools.train import KEPT_MODELS, PIN, kept_models, model_of, pinned


def served_model() -> Path:
    """The model that a start takes if nothing has to be trained."""
    return pinned() or model_of(load())


def roll_back(name: str | None = None) -> Path:
    """Pins an earlier model, the one before that which is served if none is named.

    Raises:
        CommandError: if there is none.
    """
    models, now = kept_models(), served_model()
    if name:
        wanted = [path for path in models if path.name.removesuffix(".tar.gz") == name]
    else:
        earlier = models[models.index(now) + 1 :] if now in models else models
        wanted = earlier[:1]
    if not wanted:
        known = ", ".join(path.name.removesuffix(".tar.gz") for path in models) or "none"
        raise CommandError(f"there is no {name or 'earlier model'}; there are: {known}")
    PIN.write_text(wanted[0].name, encoding="utf-8")
    return wanted[0]


def _listed() -> str:
    now = served_model()
    rows = []
    for path in kept_models():
        made = datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
        rows.append((path.name.removesuffix(".tar.gz"), made, "<- served" if path == now else ""))
    return table((f"Models, of which {KEPT_MODELS} are kept", "made", ""), rows)


def _work(options: argparse.Namespace) -> None:
    if not options.list:
        roll_back(options.to)
    print(_listed())
    if pinned():
        print(
            "'make restart' hands a running assistant over to it; 'make train' ends the rollback."
        )


def main() -> int:
    """Command line: `python -m tools.models [--to NAME] [--list]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", metavar="NAME", help="of a model; else the one before")
    parser.add_argument("--list", action="store_true", help="change nothing")
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
