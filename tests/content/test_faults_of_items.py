"""Whatever is wrong in an item or between items is reported, all of it in one load."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from content.loader import Fault
from content.schema import KINDS
from tests.content.folder import Breakage, Folder, Place, places

_LONG = "on and on and " * 6

BREAKAGES = {
    # Statements
    "an unknown key in a source": Breakage(
        *("statements.yml", "id: deploy_ml", "section: ", "page: 3, section: "),
        *("deploy_ml.source.page", "unknown key"),
    ),
    "a section that does not exist": Breakage(
        *("statements.yml", "id: impact", "section: ", "section: not_"),
        *("impact.source.section", "section"),
    ),
    "a reference that does not exist": Breakage(
        *("statements.yml", "id: ml_deep", "reference: reddit", "reference: edit"),
        *("ml_deep.source.reference", "edit"),
    ),
    "a statement on a role that does not exist": Breakage(
        *("statements.yml", "id: ml_eval", "role: ml_engineer", "role: qa_engineer"),
        *("ml_eval.role", "qa_engineer"),
    ),
    "a statement of too few words": Breakage(
        *("statements.yml", "id: advanced", '"Both fields involve advanced', '"Advanced'),
        *("advanced.text", "must have 5 to 28"),
    ),
    "a statement of too many words": Breakage(
        *("statements.yml", "id: demand", '"The demand', f'"{_LONG} the demand'),
        *("demand.text", "must have 5 to 28"),
    ),
    "a gist of too many words": Breakage(
        *("statements.yml", "id: case_35", 'brief: "', f'brief: "{_LONG}'),
        *("case_35.brief", "must have 2 to 8"),
    ),
    "a gist that ends like a sentence": Breakage(
        *("statements.yml", "id: hybrid", 'in both domains"', 'in both domains."'),
        *("hybrid.brief", "full stop", "brief:"),
    ),
    "a simple form of too many words": Breakage(
        *("statements.yml", "id: lv_both", 'simple: "', f'simple: "{_LONG}'),
        *("lv_both.simple", "must have 3 to 25"),
    ),
    "a statement that says what another says": Breakage(
        *("statements.yml", "id: breadth_ml", "specialises in data-centric model development"),
        *("and AI engineering are often conflated", "breadth_ml.text", "confused"),
    ),
    # Topics
    "an unknown key": Breakage(
        *("topics.yml", "id: skills", "title:", "colour: red\n    title:"),
        *("skills.colour", "unknown key", "colour:"),
    ),
    "a missing key": Breakage(
        *("topics.yml", "id: same_role", "    title:", "    # title:"),
        *("same_role.title", "required", "id: same_role"),
    ),
    "a topic that tells nothing": Breakage(
        *("topics.yml", "id: both_roles", "statements:", "# statements:"),
        *("both_roles", "either 'statements' or 'roles'", "id: both_roles"),
    ),
    "a topic with two ways of telling": Breakage(
        *("topics.yml", "id: hybrid", "statements:", "roles: {ai_engineer: []}\n    statements:"),
        *("hybrid", "either 'statements' or 'roles'", "id: hybrid"),
    ),
    "shared statements without roles": Breakage(
        *("topics.yml", "id: sectors", "statements:", "shared: [demand]\n    statements:"),
        *("sectors", "'shared' without 'roles'", "id: sectors"),
    ),
    "a statement that does not exist": Breakage(
        *("topics.yml", "id: training", "lv_courses", "lv_curses"),
        *("training.statements.1", "lv_curses"),
    ),
    "a shared statement that does not exist": Breakage(
        *("topics.yml", "id: definition", "[sum_roles]", "[sum_rolls]"),
        *("definition.shared.0", "sum_rolls"),
    ),
    "a statement of a role that does not exist": Breakage(
        *("topics.yml", "id: deployment", "ai_engineer: [", "ai_engineer: [deploy_qa, "),
        *("deployment.roles.ai_engineer.0", "deploy_qa"),
    ),
    "a statement named twice": Breakage(
        *("topics.yml", "id: leveragai", "lv_for", "lv_modules"),
        *("leveragai.statements.1", "twice", "[lv_modules, lv_modules"),
    ),
    "a statement under the other role": Breakage(
        *("topics.yml", "id: breadth", "ml_deep", "ai_wide"),
        *("breadth.roles.ml_engineer.1", "is about 'ai_engineer'"),
    ),
    "nothing told of a role": Breakage(
        *("topics.yml", "id: scope", "    roles:", "    roles: # the next item breaks one"),
        *("scope.roles", "ai_engineer"),
    ),
    "a role that does not exist": Breakage(
        *("topics.yml", "id: scope", "      ai_engineer:", "      qa_engineer:"),
        *("scope.roles.qa_engineer", "no role"),
    ),
    "an empty choice for a role": Breakage(
        *("topics.yml", "id: case_roles", "[case_ml]", "[]"),
        *("case_roles.roles.ml_engineer", "is empty"),
    ),
    "a comparison of topics that do not exist": Breakage(
        *("topics.yml", "id: differences", "compares: [scope,", "compares: [scopes,"),
        *("differences.compares.0", "scopes"),
    ),
    "a comparison of a topic without roles": Breakage(
        *("topics.yml", "id: summary", "related:", "compares: [article]\n    related:"),
        *("summary.compares.0", "side by side", "compares:"),
    ),
    "a related topic that does not exist": Breakage(
        *("topics.yml", "id: hiring_impact", "[differences,", "[difference,"),
        *("hiring_impact.related.0", "difference"),
    ),
    "a related topic that is itself": Breakage(
        *("topics.yml", "id: case_study", "[case_roles,", "[case_study,"),
        *("case_study.related.0", "itself"),
    ),
    "a related topic that is a gap": Breakage(
        *("topics.yml", "id: case_result", "[case_roles,", "[gap_verdict,"),
        *("case_result.related.0", "gap"),
    ),
    "a title used twice, whatever its case": Breakage(
        *("topics.yml", "id: article", '"The article"', '" TOOLS "'),
        *("article.title", "tools"),
    ),
    # Gaps
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
        *("gap_people.title", "must be a text"),
    ),
    "an id in a spelling that ids do not have": Breakage(
        *("gaps.yml", "id: gap_how_to", "gap_history", "Gap-History"),
        *("Gap-History.id", "match"),
    ),
    "an answer of too few words": Breakage(
        *(
            "gaps.yml",
            "id: gap_client",
            "The article does not name the client; it only calls it a",
            "A",
        ),
        *("gap_client.answer", "must have 5 to 60", "answer:"),
    ),
    "a title that YAML reads as no": Breakage(
        *("gaps.yml", "id: gap_metrics", '"Metrics"', "No"),
        *("gap_metrics.title", "reads it as False: put it in quotes"),
    ),
    "an item that YAML reads as a number": Breakage(
        *("statements.yml", "id: ml_lang", "[Python", "[3.10"),
        *("ml_lang.items.0", "reads it as 3.1: put it in quotes"),
    ),
    "a list that is longer than an answer": Breakage(
        *("statements.yml", "id: ml_frame", "[TensorFlow", f"[{'very ' * 60}TensorFlow"),
        *("ml_frame.items", "at most 60"),
    ),
    "a day of review that is no day": Breakage(
        *("gaps.yml", "id: gap_llm", "related:", "reviewed: 2025\n    related:"),
        *("gap_llm.reviewed", "must be a day"),
    ),
    "an id used in two kinds": Breakage(
        *("gaps.yml", "id: gap_experience", "gap_working_life", "tools"),
        *("tools.id", "topics"),
    ),
    # The guided form, roles and sources
    "a choice that speaks for nobody": Breakage(
        *("form.yml", "id: background", "weights: {ml_engineer: 2}", "weights: {qa_engineer: 2}"),
        *("background.choices.0.weights.qa_engineer", "role"),
    ),
    "a choice for a reason that does not exist": Breakage(
        *("form.yml", "id: background", "[ai_back]", "[ai_black]"),
        *("background.choices.1.statements.0", "ai_black"),
    ),
    "a choice that speaks for a role without a reason": Breakage(
        *("form.yml", "id: work", "statements:", "# statements:"),
        *("work.choices.0", "'weights' and 'statements'", "title:"),
    ),
    "a key that occurs twice": Breakage(
        *("form.yml", "id: interest", '"What draws you most?"', '"A"\n    question: "And you?"'),
        *("questions.0.question", "twice", "And you?"),
    ),
    "a name of two roles, whatever its case": Breakage(
        *("roles.yml", "id: ai_engineer", "artificial intelligence engineer,", "Machine Learning,"),
        *("ai_engineer.names.0", "ml_engineer"),
    ),
    "an id used twice in a kind": Breakage(
        *("sources.yml", "id: trends", "{id: faq,", '{id: faq, title: "New"}\n  - {id: faq,'),
        *("sections.faq", "twice", 'faq, title: "F'),
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
    folder.edit("topics.yml", '"Skills"', '""')  # many items are related to it
    folder.edit("statements.yml", "    text:", "    # text:", after="id: ai_persp")
    folder.edit("sources.yml", '"Conclusion"', '""')
    folder.edit("roles.yml", '"ML engineer"', '""')
    assert {place.key for place in places(folder.faults())} == {
        "skills.title",
        "ai_persp.text",
        "conclusion.title",
        "ml_engineer.title",
    }


def test_no_topic_need_tell_a_statement(folder: Folder) -> None:
    folder.edit("topics.yml", "not_same, ", "")
    assert folder.faults() == []


def test_a_result_of_the_guided_form_that_no_glance_takes_in_is_reported(folder: Folder) -> None:
    line = folder.line("form.yml", "choices:", after="id: work")
    for statement in ("ml_focus", "ml_back", "breadth_ml"):
        long = " ".join([statement] * 24)
        folder.edit("statements.yml", 'text: "', f'text: "{long}." # "', f"id: {statement}")
    assert places(folder.faults()) == [Place("form.yml", line, "work.choices")]


def test_a_statement_without_a_gist_for_its_table_is_reported(folder: Folder) -> None:
    folder.edit("statements.yml", "    brief:", "    # brief:", after="id: ai_example")
    line = folder.line("topics.yml", "[ai_example")
    place = Place("topics.yml", line, "example.roles.ai_engineer.0")
    assert places(folder.faults()) == [place]


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
