"""The steps of docs/another-article.md, taken: the same code answers from other content."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from content.loader import load
from tests.conftest import ROOT
from tests.keepers.copy import Copy

_GUIDE = ROOT / "docs" / "another-article.md"
_BLOCK = re.compile(r"^```(yaml|sh)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# The environment is there already, and must not be installed anew from the copy's younger files.
_MAKE = 'make() { command make --no-print-directory -o .venv/dev -o .venv/runtime "$@"; }\n'
_STEP_SECONDS = 900
_CODE = {".py", ".ts", ".css", ".html"}
_CODE_FOLDERS = (
    "actions",
    "channels",
    "content",
    "dialogue",
    "keepers",
    "nlu",
    "tools",
    "widget/src",
)
# Texts of the web chat and of its pictures, which step 3 of the guide tells to change.
_TEXTS = {"widget/src/chat/labels.ts", "tools/widget_pictures.py"}


def _take(step: str, folder: Path) -> None:
    done = subprocess.run(
        ["bash", "-euc", _MAKE + step],
        cwd=folder,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=_STEP_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{step}\n{done.stdout}\n{done.stderr}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository in which all steps were taken."""
    copy = Copy(tmp_path_factory.mktemp("another-article"))
    copy.path(".venv").symlink_to(sys.prefix)
    for kind, name, text in _BLOCK.findall(_GUIDE.read_text(encoding="utf-8")):
        if kind == "yaml":
            copy.path(name).parent.mkdir(parents=True, exist_ok=True)
            copy.path(name).write_text(text, encoding="utf-8")
        else:
            _take(text, copy.folder)
    return copy.folder


@pytest.fixture(scope="module")
def replies(folder: Path) -> dict[str, str]:
    """What the other assistant says to each message of a conversation."""
    messages = (
        "hello there",
        "what tools would a baker use?",
        "and confectioners?",
        "tell me more",
        "where does that come from?",
        "do employers look for bakers?",
        "what salary does a baker make?",
        "what is the weather like in Oslo?",
        "what can I ask you?",
        "explain to me what a confectioner is",
    )
    script = (
        "import json, sys\nfrom pathlib import Path\n"
        "from keepers.assistant import converse\n"
        "model = next(Path('models').glob('*.tar.gz'))\n"
        "said = converse(model, sys.argv[1:])\n"
        "print(json.dumps({e.text: ' '.join(r.get('text') or '' for r in e.replies) "
        "for e in said}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *messages],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("what tools would a baker use?", "stone ovens"),
        ("and confectioners?", "piping bags"),
        ("tell me more", "Scales"),
        ("where does that come from?", "The Two Trades"),
        ("do employers look for bakers?", "look for people"),
        ("what salary does a baker make?", "no wages"),
        ("what is the weather like in Oslo?", "outside my subject"),
        ("explain to me what a confectioner is", "pralines"),
    ],
)
def test_the_other_assistant_answers(message: str, wanted: str, replies: dict[str, str]) -> None:
    assert wanted in replies[message]


def test_the_other_assistant_never_names_the_first_ones_roles(replies: dict[str, str]) -> None:
    names = re.compile(role_names(), re.IGNORECASE)
    assert not {message: text for message, text in replies.items() if names.search(text)}


def role_names() -> str:
    """A regex of all names that the content has for its roles, as whole words."""
    names = {
        name
        for role in load().roles.values()
        for name in (role.id, role.title, role.plural, role.field, role.short)
    }
    return r"\b(?:" + "|".join(map(re.escape, sorted(names))) + r")\b"


def test_no_code_names_the_roles() -> None:
    # In capitals and small letters as the content writes them: "ml" may be part of any word.
    names = re.compile(role_names())
    files = [ROOT / name for name in ("Makefile", "config.yml", "credentials.yml", "endpoints.yml")]
    for folder in _CODE_FOLDERS:
        files += [path for path in (ROOT / folder).rglob("*") if path.suffix in _CODE]
    files = [path for path in files if path.relative_to(ROOT).as_posix() not in _TEXTS]
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if names.search(line)
    ]
    assert not found, "\n".join(found)
