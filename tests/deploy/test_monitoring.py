"""Alert rules fire when they should, and speak of figures that the servers have."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from prometheus_client import CollectorRegistry

from server import metrics
from tests.conftest import ROOT
from tests.deploy.programs import needed

_FOLDER = ROOT / "deploy" / "monitoring"
_NAME = re.compile(r"\b((?:assistant|process)_\w+)")


@pytest.mark.parametrize(
    "command",
    [
        ("check", "rules", "alerts.yml"),
        ("test", "rules", "alerts_test.yml"),
        ("check", "config", "prometheus.yml"),
    ],
)
def test_promtool_finds_no_fault(command: tuple[str, str, str]) -> None:
    kind, what, name = command
    done = subprocess.run(
        [needed("promtool"), kind, what, str(_FOLDER / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _known() -> set[str]:
    """Names of all series that the servers have."""
    registry: CollectorRegistry = metrics._metrics().registry
    endings = {
        "counter": ["_total"],
        "histogram": ["_bucket", "_count", "_sum"],
        "gauge": [""],
    }
    families = [family for family in registry.collect() if family.type in endings]
    return {family.name + ending for family in families for ending in endings[family.type]}


def _expressions() -> dict[str, list[str]]:
    rules = yaml.safe_load((_FOLDER / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    dashboard = json.loads((_FOLDER / "dashboard.json").read_text(encoding="utf-8"))
    shown = [target["expr"] for each in dashboard["panels"] for target in each["targets"]]
    return {
        "alerts": [rule["expr"] for group in rules for rule in group["rules"]],
        "dashboard": shown,
    }


@pytest.mark.parametrize("kind", ["alerts", "dashboard"])
def test_every_figure_is_one_that_the_servers_have(kind: str) -> None:
    expressions = _expressions()[kind]
    assert len(expressions) >= 7
    used = {name for each in expressions for name in _NAME.findall(each)}
    assert used <= _known()


def test_the_dashboards_expressions_can_be_read(tmp_path: Path) -> None:
    rules = [
        {"record": f"shown:{number}", "expr": text.replace("$__rate_interval", "5m")}
        for number, text in enumerate(_expressions()["dashboard"])
    ]
    path = tmp_path / "rules.yml"
    groups = [{"name": "dashboard", "rules": rules}]
    path.write_text(yaml.safe_dump({"groups": groups}), encoding="utf-8")
    command = [needed("promtool"), "check", "rules", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_dashboard_shows_each_kind_of_figure_once_and_in_order() -> None:
    dashboard = json.loads((_FOLDER / "dashboard.json").read_text(encoding="utf-8"))
    panels = dashboard["panels"]
    assert len({each["id"] for each in panels}) == len({e["title"] for e in panels}) == len(panels)
    used = {name for each in _expressions()["dashboard"] for name in _NAME.findall(each)}
    ours = {re.sub(r"_(total|bucket|count|sum)$", "", name) for name in _known()}
    shown = {re.sub(r"_(total|bucket|count|sum)$", "", name) for name in used}
    assert {name for name in ours if name.startswith("assistant_")} <= shown


def test_prometheus_knows_every_server_of_compose() -> None:
    scraped = yaml.safe_load((_FOLDER / "prometheus.yml").read_text(encoding="utf-8"))
    targets = {
        target.partition(":")[0]
        for job in scraped["scrape_configs"]
        for static in job["static_configs"]
        for target in static["targets"]
    }
    services = yaml.safe_load((ROOT / "compose.yml").read_text(encoding="utf-8"))["services"]
    assert targets == {name for name in services if re.match(r"(bot|actions)-\d", name)}
