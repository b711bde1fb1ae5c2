"""Whatever is wrong in an item or between items is reported, all of it in one load."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from content.loader import Fault
from content.schema import KINDS
from tests.content.folder import Breakage, Folder, Place, places

BREAKAGES = {
    "an unknown key": Breakage(
        *("aspects.yml", "id: skills", "title:", "colour: red\n    title:"),
        *("skills.colour", "unknown key", "colour:"),
    ),
    "a missing key": Breakage(
        *("faq.yml", "id: same_role", "    question:", "    # question:"),
        *("same_role.question", "required", "id: same_role"),
    ),
    "a missing key in a cell": Breakage(
        *("aspects.yml", "id: pathway", "        source:", "        # source:"),
        *("pathway.cells.ml_engineer.source", "required", "ml_engineer:"),
    ),
    "an unknown key in a source": Breakage(
        *("aspects.yml", "id: deployment", "section: ", "page: 3, section: "),
        *("deployment.cells.ml_engineer.source.page", "unknown key"),
    ),
    "an empty text": Breakage(
        *("gaps.yml", "id: gap_pay", '"Pay"', '""'),
        *("gap_pay.title", "character"),
    ),
    "a text of blanks": Breakage(
        *("gaps.yml", "id: gap_law", '"Law and ethics"', '"   "'),
        *("gap_law.title", "character"),
    ),
    "a text with nothing behind its colon": Breakage(
        *("gaps.yml", "id: gap_teams", '"Teams and budgets"', ""),
        *("gap_teams.title", "is empty", "title:"),
    ),
    "a list in place of a text": Breakage(
        *("gaps.yml", "id: gap_people", '"People"', "[People]"),
        *("gap_people.title", "str"),
    ),
    "an id in a spelling that ids do not have": Breakage(
        *("gaps.yml", "id: gap_how_to", "gap_history", "Gap-History"),
        *("Gap-History.id", "match"),
    ),
    "no related topic": Breakage(
        *("gaps.yml", "id: gap_metrics", "[skills, case_result, work]", "[]"),
        *("gap_metrics.related", "is empty"),
    ),
    "a day of review that is no day": Breakage(
        *("gaps.yml", "id: gap_law", "related:", "reviewed: 2025\n    related:"),
        *("gap_law.reviewed", "must be a day"),
    ),
    "a related topic that does not exist": Breakage(
        *("industry.yml", "id: hybrid", "[both_roles,", "[both_rolls,"),
        *("hybrid.related.0", "both_rolls"),
    ),
    "a related topic that is itself": Breakage(
        *("industry.yml", "id: sectors", "[demand,", "[demand, sectors,"),
        *("sectors.related.1", "itself"),
    ),
    "a related topic that is a gap": Breakage(
        *("faq.yml", "id: both_roles", "[hybrid,", "[hybrid, gap_verdict,"),
        *("both_roles.related.1", "gap"),
    ),
    "a section that does not exist, in a cell": Breakage(
        *("aspects.yml", "id: background", "section: ", "section: not_"),
        *("background.cells.ml_engineer.source.section", "section"),
    ),
    "a section that does not exist, in a comparison": Breakage(
        *("aspects.yml", "comparison:", "section: ", "section: neither_"),
        *("definition.comparison.source.section", "section"),
    ),
    "a section that does not exist, in an entry": Breakage(
        *("leveragai.yml", "id: training", "section: ", "section: nor_"),
        *("training.source.section", "section"),
    ),
    "a reference that does not exist": Breakage(
        *("aspects.yml", "id: work", "reference: reddit", "reference: edit"),
        *("work.cells.ml_engineer.source.reference", "edit"),
    ),
    "a missing cell": Breakage(
        *("aspects.yml", "id: scope", "    cells:", "    cells: # the next item breaks one"),
        *("scope.cells", "ai_engineer"),
    ),
    "a role that does not exist": Breakage(
        *("aspects.yml", "id: scope", "      ai_engineer:", "      qa_engineer:"),
        *("scope.cells.qa_engineer", "role"),
    ),
    "a fit for a role that does not exist": Breakage(
        *("faq.yml", "    fits:", "role: ai_engineer", "role: qa_engineer"),
        *("role_fit.fits.1.role", "qa_engineer"),
    ),
    "a role without a fit": Breakage(
        *("faq.yml", "id: role_fit", "    fits:", "    fits: # the item before breaks one"),
        *("role_fit.fits", "each role"),
    ),
    "a correction that does not say when": Breakage(
        *("case_study.yml", "id: case_result", "percentages: [35]", "claims: []"),
        *("case_result.corrections.3", "claims"),
    ),
    "a comparison of aspects that do not exist": Breakage(
        *("comparison.yml", "id: differences", "compares: [scope,", "compares: [scopes,"),
        *("differences.compares.0", "scopes"),
    ),
    "a topic meant instead that does not exist": Breakage(
        *("aspects.yml", "id: case_roles", "example: case_study", "example: case_studies"),
        *("case_roles.instead.example", "case_studies"),
    ),
    "a choice that speaks for nobody": Breakage(
        *("form.yml", "id: background", "weights: {ml_engineer: 2}", "weights: {qa_engineer: 2}"),
        *("background.choices.0.weights.qa_engineer", "role"),
    ),
    "a choice that speaks for a role without a reason": Breakage(
        *("form.yml", "id: work", "reason:", "# reason:"),
        *("work.choices.0", "reason", "title:"),
    ),
    "a confirmation that does not say of what": Breakage(
        *("aspects.yml", "id: collaboration", "[with ai, ai engineers]", "[]"),
        *("collaboration.cells.ml_engineer.confirmations.1.claims", "is empty", "claims: []"),
    ),
    "an id used twice in a kind": Breakage(
        *("sources.yml", "id: trends", "{id: faq,", '{id: faq, title: "New"}\n  - {id: faq,'),
        *("sections.faq", "twice", 'faq, title: "F'),
    ),
    "an id used in two kinds": Breakage(
        *("gaps.yml", "id: gap_experience", "gap_working_life", "tools"),
        *("tools.id", "aspects"),
    ),
    "a key that occurs twice": Breakage(
        *("article.yml", "id: summary", '"Summary"', '"A"\n    title: "Summing up"'),
        *("entries.1.title", "twice", "Summing up"),
    ),
    "a title used twice, whatever its case": Breakage(
        *("industry.yml", "id: demand", '"Demand"', '" TOOLS "'),
        *("demand.title", "tools"),
    ),
}
"""What is made wrong, all in one copy; each thing in an item of its own."""


class Report(NamedTuple):
    """The broken copy, and what the loader said of it."""

    folder: Folder
    faults: list[Fault]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report on a copy with everything wrong at once."""
    folder = Folder.copy(tmp_path_factory.mktemp("items") / "content")
    folder.break_by(BREAKAGES.values())
    return Report(folder, folder.faults())


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_fault_is_reported_with_file_line_and_key(name: str, report: Report) -> None:
    breakage = BREAKAGES[name]
    place = report.folder.place(breakage)
    messages = [fault.message for fault in report.faults if fault[:3] == place]
    assert messages, f"{place} is not in\n" + "\n".join(map(str, report.faults))
    assert any(breakage.message in message for message in messages)


def test_nothing_else_is_reported(report: Report) -> None:
    assert len(report.faults) == len(BREAKAGES)


def test_faults_come_in_the_order_of_files_and_lines(report: Report) -> None:
    assert places(report.faults) == sorted(places(report.faults))


def test_an_untouched_copy_has_no_fault(folder: Folder) -> None:
    assert folder.faults() == []


def test_a_faulty_item_drags_no_other_fault_behind_it(folder: Folder) -> None:
    folder.edit("aspects.yml", '"Skills"', '""')  # many items are related to it
    folder.edit("sources.yml", '"Conclusion"', '""')
    folder.edit("roles.yml", '"ML engineer"', '""')
    assert {place.key for place in places(folder.faults())} == {
        "skills.title",
        "conclusion.title",
        "ml_engineer.title",
    }


def test_every_kind_has_its_missing_and_unknown_keys_reported(small: Folder) -> None:
    small.add("\n".join(f"{kind}:\n  - id: zz_{kind}\n    bogus: 1" for kind in KINDS))
    expected = set()
    for index, (kind, model) in enumerate(KINDS.items()):
        required = [name for name, each in model.__fields__.items() if each.required]
        expected |= {
            Place("extra.yml", 3 * index + 2, f"zz_{kind}.{name}")
            for name in required
            if name != "id"
        }
        expected.add(Place("extra.yml", 3 * index + 3, f"zz_{kind}.bogus"))
    assert expected <= set(places(small.faults()))
