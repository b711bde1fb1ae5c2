"""Predicts as Rasa does, without work of its own that changes nothing: a fifth of a turn.

Three things are changed of Rasa:

- `DaskGraphRunner` (rasa/engine/runner/dask.py) works out anew for every run which nodes are needed
  and in which order, and writes the inputs and the whole graph into a log line that nobody reads.
- `RulePolicy` (rasa/core/policies/rule_policy.py) compares the latest state of the conversation
  with every rule, at every prediction. Which rules it fits depends on nothing else: it is
  remembered.
- Both rule_policy.py and rasa/core/processor.py copy all that they log for debugging in depth, also
  when nothing is logged. They use `copy` for nothing else.
"""

from __future__ import annotations

import json
from functools import cache
from graphlib import TopologicalSorter
from types import SimpleNamespace
from typing import Any

from rasa.core import processor
from rasa.core.policies import rule_policy
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import State

_REMEMBERED_STATES = 1024

_get_possible_keys = RulePolicy._get_possible_keys


class PlainGraphRunner(DaskGraphRunner):
    """Runs nodes one after the other, in an order that is found once for each set of targets."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._order = cache(self._find_order)

    def _find_order(self, targets: tuple[str, ...]) -> list[str]:
        schema = self._graph_schema.minimal_graph_schema(list(targets))
        needs = {name: node.needs.values() for name, node in schema.nodes.items()}
        return [name for name in TopologicalSorter(needs).static_order() if name in needs]

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """What the targets give (see Rasa's GraphRunner).

        Raises:
            GraphRunError: if a node's input is missing.
        """
        wanted = tuple(targets or self._graph_schema.target_names)
        # A node takes and gives pairs of a name and a value (rasa/engine/graph.py, `GraphNode`).
        results = {name: (name, value) for name, value in (inputs or {}).items()}
        try:
            for name in self._order(wanted):
                if name not in results:
                    needs = self._graph_schema.nodes[name].needs.values()
                    results[name] = self._instantiated_nodes[name](*(results[n] for n in needs))
            return dict(results[name] for name in wanted)
        except (KeyError, RuntimeError) as error:
            raise GraphRunError("Error running runner.") from error


def _remembering_possible_keys(
    self: RulePolicy, lookup: dict[str, str], states: list[State]
) -> set[str]:
    """Keys of the rules that fit all states, from those that are known to fit the last one."""
    if not states:
        return set(lookup)
    remembered: dict[tuple[int, str], dict[str, str]] = self.__dict__.setdefault("_fitting", {})
    # The lookup tables live as long as the policy.
    latest = id(lookup), json.dumps(states[-1], sort_keys=True)
    fitting = remembered.get(latest)
    if fitting is None:
        if len(remembered) >= _REMEMBERED_STATES:
            remembered.clear()
        fitting = dict.fromkeys(_get_possible_keys(self, lookup, states[-1:]), "")
        remembered[latest] = fitting
    keys: set[str] = _get_possible_keys(self, fitting, states)
    return keys


def install() -> None:
    """Lets this process predict in this way."""
    processor.DaskGraphRunner = PlainGraphRunner
    RulePolicy._get_possible_keys = _remembering_possible_keys
    uncopied = SimpleNamespace(deepcopy=lambda value: value)
    processor.copy = rule_policy.copy = uncopied
