"""The base for Kubernetes is what its published schemas allow, and keeps what is promised."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.deploy.programs import TOOLS, needed
from tools import kubernetes_nginx
from tools.launch import variables_of

_FOLDER = ROOT / "deploy" / "kubernetes"
_SERVERS = ("bots", "actions", "nginx")
_RELEASES = ("1.30", "1.34")
Resource = dict[str, Any]


def _resources() -> list[Resource]:
    listed = yaml.safe_load((_FOLDER / "kustomization.yaml").read_text(encoding="utf-8"))
    texts = [(_FOLDER / name).read_text(encoding="utf-8") for name in listed["resources"]]
    return [each for text in texts for each in yaml.safe_load_all(text)]


def _of(kind: str) -> dict[str, Resource]:
    return {each["metadata"]["name"]: each["spec"] for each in _resources() if each["kind"] == kind}


@pytest.mark.parametrize("release", _RELEASES)
def test_the_schemas_find_no_fault(release: str, tmp_path: Path) -> None:
    path = tmp_path / "all.yaml"
    path.write_text(yaml.safe_dump_all(_resources()), encoding="utf-8")
    validate = needed("kubernetes-validate", TOOLS)
    done = subprocess.run(
        [validate, "--strict", "-k", release, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (done.stdout + done.stderr).count("passed for resource") == len(_resources())


def test_kustomize_renders_it_all() -> None:
    done = subprocess.run(
        [needed("kubectl"), "kustomize", str(_FOLDER)], capture_output=True, text=True, check=True
    )
    rendered = list(yaml.safe_load_all(done.stdout))
    assert len(rendered) == len(_resources()) + 1  # nginx's configuration
    assert {e["metadata"].get("namespace") for e in rendered} == {"two-roles", None}
    images = set(re.findall(r"image: (\S+)", done.stdout))
    assert "registry.example.org/two-roles:1" in images
    assert "two-roles" not in images


def test_nginx_is_configured_as_in_compose() -> None:
    source, target = (ROOT / path for path in (kubernetes_nginx.SOURCE, kubernetes_nginx.TARGET))
    expected = kubernetes_nginx.converted(source.read_text(encoding="utf-8"))
    assert target.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize("name", _SERVERS)
def test_one_of_each_may_fail(name: str) -> None:
    deployment = _of("Deployment")[name]
    assert deployment["replicas"] >= 2
    budget = _of("PodDisruptionBudget")[name]
    assert budget["minAvailable"] == 1
    assert budget["selector"] == deployment["selector"]
    assert _of("Service")[name]["selector"] == deployment["template"]["metadata"]["labels"]


@pytest.mark.parametrize("name", _SERVERS)
def test_each_runs_without_rights(name: str) -> None:
    pod = _of("Deployment")[name]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    (container,) = pod["containers"]
    security = container["securityContext"]
    assert security["readOnlyRootFilesystem"] is True
    assert security["allowPrivilegeEscalation"] is False
    assert security["capabilities"] == {"drop": ["ALL"]}
    assert "memory" in container["resources"]["limits"]


def test_a_bot_is_asked_whether_it_lives_and_whether_it_can_serve() -> None:
    (container,) = _of("Deployment")["bots"]["template"]["spec"]["containers"]
    asked = {
        name: container[f"{name}Probe"]["httpGet"]["path"] for name in ("liveness", "readiness")
    }
    assert asked == {"liveness": "/health", "readiness": "/ready"}


def test_a_bot_has_every_variable_and_every_secret_by_reference() -> None:
    (container,) = _of("Deployment")["bots"]["template"]["spec"]["containers"]
    assert container["envFrom"] == [{"secretRef": {"name": "two-roles"}}]
    text = (_FOLDER / "bots.yaml").read_text(encoding="utf-8")
    told = set(re.findall(r"# (DATABASE_URL.*)", text)[0].split(", "))
    needed_ones: set[str] = set()
    for name in ("endpoints.production.yml", "credentials.production.yml"):
        needed_ones |= variables_of(ROOT / name)
    assert needed_ones == told | {each["name"] for each in container["env"]} - {
        "METRICS_PORT",
        "METRICS_HOST",
    }
    assert not _of("Secret")


def test_nothing_is_reached_but_what_a_policy_names() -> None:
    policies = _of("NetworkPolicy")
    everything = {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    assert policies["nothing-else"] == everything
    for name in _SERVERS:
        assert policies[name]["podSelector"] == {"matchLabels": {"app": name}}
    (fed,) = [e for e in policies["bots"]["ingress"] if e["ports"][0]["port"] == 5005]
    assert fed["from"] == [{"podSelector": {"matchLabels": {"app": "nginx"}}}]


def test_bots_grow_with_turns() -> None:
    scaler = _of("HorizontalPodAutoscaler")["bots"]
    assert scaler["scaleTargetRef"]["name"] == "bots"
    assert scaler["minReplicas"] == 2
    (metric,) = scaler["metrics"]
    assert metric["pods"]["metric"]["name"] == "assistant_turns_per_second"
