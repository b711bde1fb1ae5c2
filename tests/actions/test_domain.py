"""What the actions need of the domain."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.actions.harness import ML, Reply, executor, run
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def domain() -> dict[str, Any]:
    """The domain file."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return found


def test_the_domain_names_every_action_and_no_other(domain: dict[str, Any]) -> None:
    # Actions of these tests, made to fail, are registered as well.
    here = {name for name in executor().actions if not name.startswith("action_that_")}
    assert here == set(domain["actions"])


def test_the_domain_has_every_slot_that_actions_set(domain: dict[str, Any]) -> None:
    reply: Reply | None = None
    changed: set[str] = set()
    for action in ("answer", "answer", *sorted(domain["actions"])):
        name = action.removeprefix("action_")
        reply = run(name, intent="skills", roles=[ML], ranking=[("work", 0.2)], after=reply)
        changed.update(event["name"] for event in reply.events if event["event"] == "slot")
    assert changed
    assert changed <= set(domain["slots"])


def test_no_slot_steers_a_policy(domain: dict[str, Any]) -> None:
    assert not any(slot.get("influence_conversation", True) for slot in domain["slots"].values())
