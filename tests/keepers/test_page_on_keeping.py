"""docs/keeping.md: its table of signs is all of them, and its example of an export is run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import yaml

from keepers.signs import SIGNS
from tests.conftest import ROOT
from tests.keepers.stores import Store

_PAGE = (ROOT / "docs" / "keeping.md").read_text(encoding="utf-8")


def test_every_sign_is_explained() -> None:
    table = _PAGE.partition("| sign | |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(SIGNS)


def test_an_export_with_the_broker_of_the_page_has_every_event(
    driven: Store, tmp_path: Path
) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", _PAGE, re.DOTALL)
    endpoints = yaml.safe_load(example)
    endpoints["tracker_store"]["db"] = driven.config["db"]
    endpoints["event_broker"]["path"] = str(tmp_path / "events.jsonl")
    (tmp_path / "export.yml").write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    command = [sys.executable, "-m", "rasa", "export", "--endpoints", str(tmp_path / "export.yml")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()
    senders = {json.loads(line)["sender_id"] for line in lines}
    ((events, visitors),) = driven.rows("SELECT count(*), count(DISTINCT sender_id) FROM events")
    assert (len(lines), len(senders)) == (events, visitors)
