"""The sheet of figures that `make bench` prints."""

from __future__ import annotations

from benchmarks.sheet import Figures, markdown, number, percentile, ratio, rows


def test_all_bots_are_compared_with_the_last_one() -> None:
    columns: dict[str, Figures] = {
        "Own": {"ms": 20.0},
        "Other": {"ms": 100.0},
        "Floor": {"ms": 40.0},
    }
    header, body = rows(columns)
    assert header == ["", "Own", "Other", "Floor", "Own / Floor", "Other / Floor"]
    assert body == [["ms", "20", "100", "40", "0.50", "2.50"]]


def test_a_figure_that_only_some_bots_have_is_left_open_for_the_others() -> None:
    columns: dict[str, Figures] = {"Own": {"ms": 1.5}, "Floor": {"s": 3.0, "ms": None}}
    assert rows(columns)[1] == [["ms", "1.5", "-", "-"], ["s", "-", "3", "-"]]


def test_nothing_is_compared_with_nothing() -> None:
    assert ratio(3.0, 0.0) is None
    assert ratio(0.0, 2.0) == 0.0


def test_large_figures_are_whole_and_small_ones_have_a_decimal() -> None:
    assert [number(value) for value in (12345.6, 99.94, 0.25, 7.0)] == [
        "12,346",
        "99.9",
        "0.2",
        "7",
    ]


def test_a_percentile_of_no_turns_is_open() -> None:
    assert percentile([], 50) is None
    assert percentile([1.0, 2.0, 9.0], 50) == 2.0


def test_the_table_is_markdown() -> None:
    assert markdown(["", "Own"], [["ms", "1"]]) == "|  | Own |\n| --- | ---: |\n| ms | 1 |"
