"""The check of what the action server returns."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction

from server.action_results import ResultSchema, result_schema

SCHEMA = RemoteAction.action_response_format_spec()
KINDS = SCHEMA["properties"]["events"]["items"]["oneOf"]

#: For each property of Rasa's schema, values of all types that JSON has.
VALUES: list[Any] = [None, True, 0, 1.5, "text", [], ["text"], [{}], {}, {"text": 1}, {"name": 1}]


def is_allowed_by(validator: Any, result: Any) -> bool:
    """Whether a check lets a result pass."""
    try:
        validator.validate(result)
    except ValidationError:
        return False
    return True


def results() -> list[Any]:
    """Right and wrong results: every property of every kind of event with every type of value."""
    found: list[Any] = [None, [], {}, {"events": None}, {"events": [{}]}, {"responses": [{}]}]
    found += [{"events": [{"event": name}]} for name in ("no such event", 1, None)]
    for kind in KINDS:
        properties = kind["properties"]
        bare = {"event": properties["event"]["const"]}
        full = bare | dict.fromkeys(kind.get("required", ()), "text") | bare
        for event in (bare, full):
            found.append({"events": [copy.deepcopy(event)], "responses": []})
            for name in [*properties, "timestamp", "metadata", "unheard_of"]:
                found += [{"events": [{**event, name: value}]} for value in VALUES]
    return found


def test_a_result_passes_if_and_only_if_it_passes_rasas_own_check() -> None:
    rasas, ours = Draft202012Validator(SCHEMA), result_schema()
    judged = [(is_allowed_by(ours, each), is_allowed_by(rasas, each)) for each in results()]
    assert len(judged) > 2000
    assert {(True, True), (False, False)} == set(judged)


def test_rasa_checks_with_this_version_of_json_schema() -> None:
    assert validator_for(SCHEMA) is Draft202012Validator


def test_two_kinds_of_one_name_are_refused() -> None:
    schema = copy.deepcopy(SCHEMA)
    schema["properties"]["events"]["items"]["oneOf"].append(KINDS[0])
    with pytest.raises(KeyError, match="one name"):
        ResultSchema(schema)
