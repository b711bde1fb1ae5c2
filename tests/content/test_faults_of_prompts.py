"""Whatever is wrong in what the assistant says around its answers is reported, all at once."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from content.loader import Fault
from tests.content.folder import Breakage, Folder

BREAKAGES = {
    "an empty prompt": Breakage(
        *("prompts.yml", "for_example:", '"For example:"', '""'),
        *("prompts.for_example", "text"),
    ),
    "an unknown prompt": Breakage(
        *("prompts.yml", "prompts:", "  rephrase:", '  rephraze: "x"\n  rephrase:'),
        *("prompts.rephraze", "unknown", "rephraze"),
    ),
    "a placeholder of another name": Breakage(
        *("prompts.yml", "next:", "{options}", "{choices}"),
        *("prompts.next", "options"),
    ),
    "a placeholder that is missing": Breakage(
        *("prompts.yml", "subjects:", "{subjects}", "some"),
        *("prompts.subjects", "subjects", "subjects:"),
    ),
    "a placeholder where none belongs": Breakage(
        *("prompts.yml", "correct:", "Sorry", "Sorry {name}"),
        *("prompts.correct", "braces", "correct:"),
    ),
    "one placeholder too many": Breakage(
        *("prompts.yml", "source_gap:", "{article}", "{article} {section}"),
        *("prompts.source_gap", "braces", "source_gap:"),
    ),
    "a placeholder in one of several texts": Breakage(
        *("prompts.yml", "acknowledge:", "All right.", "All right, {name}."),
        *("prompts.acknowledge", "braces", "acknowledge:"),
    ),
    "a placeholder without a name": Breakage(
        *("prompts.yml", "no_more:", "afraid", "{} afraid"),
        *("prompts.no_more", "braces", "no_more:"),
    ),
}
"""What is made wrong, all in one copy."""


class Report(NamedTuple):
    """The broken copy, and what the loader said of it."""

    folder: Folder
    faults: list[Fault]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report on a copy with everything wrong at once."""
    folder = Folder.copy(tmp_path_factory.mktemp("prompts") / "content")
    folder.break_by(BREAKAGES.values())
    return Report(folder, folder.faults())


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_fault_is_reported_with_file_line_and_key(name: str, report: Report) -> None:
    breakage = BREAKAGES[name]
    place = report.folder.place(breakage)
    messages = [fault.message for fault in report.faults if fault[:3] == place]
    assert len(messages) == 1, f"{place} is not in\n" + "\n".join(map(str, report.faults))
    assert breakage.message in messages[0]


def test_nothing_else_is_reported(report: Report) -> None:
    assert len(report.faults) == len(BREAKAGES)
