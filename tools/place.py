"""Where the engine is, and which of its files the assistant in this folder takes.

An assistant beside the engine (`make new-assistant`) has content, and whatever else it wants in
other words than the engine; commands run in its folder and find the rest here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ENGINE = Path(__file__).resolve().parents[1]
# What was chosen on the engine's own article, and is another on articles without questions of their
# own: on two that nobody trained on, .10 and .21 of what their statements settle was refused above
# log-odds of 0, and .04 and .08 above these; what is far from them was refused all the same.
_OF_ANY_ARTICLE: Mapping[str, Mapping[str, Any]] = {
    "StatementReader": {"sure": None},
    "FaqIntentClassifier": {"refuse_above": 1.5},
}
_RUN = Path(".run")


def is_engine() -> bool:
    """Whether this folder is the engine's own."""
    return Path.cwd().resolve() == ENGINE


def file_of(name: str) -> Path:
    """A file of this folder; the engine's where this folder has none of that name."""
    return Path(name) if Path(name).exists() else ENGINE / name


def config() -> Path:
    """Rasa's configuration: this folder's, else the engine's for an article of another name."""
    own = Path("config.yml")
    if own.exists():
        return own
    path = _RUN / "config.yml"
    path.parent.mkdir(exist_ok=True)
    text = yaml.safe_dump(_for_any_article(Path.cwd().name), sort_keys=False)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return path


def training_arguments() -> list[str]:
    """Where Rasa finds what it trains from; without data it has the engine's, as any article."""
    data = Path("data") if Path("data").exists() else ENGINE / "data" / "nlu" / "small_talk.yml"
    return ["--config", str(config()), "--domain", str(file_of("domain.yml")), "--data", str(data)]


def _for_any_article(name: str) -> dict[str, Any]:
    """The engine's configuration without what was measured on its own article."""
    found: dict[str, Any] = yaml.safe_load((ENGINE / "config.yml").read_text(encoding="utf-8"))
    found["assistant_id"] = name
    for component in found["pipeline"]:
        component.update(_OF_ANY_ARTICLE.get(component["name"].rpartition(".")[2], {}))
    return found
