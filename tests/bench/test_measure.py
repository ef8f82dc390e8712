"""The arithmetic of the bench, and what it says of a row."""

from __future__ import annotations

import pytest

from tests.bench.measure import (
    Cost,
    Ratio,
    Turns,
    median_ratio,
    others_share,
    share_of_limit,
    slope,
)
from tests.bench.picture import picture
from tests.bench.rows import Row, pages
from tests.bench.suite import environment


def test_ratio_is_the_median_of_the_pairs() -> None:
    costs = {
        "floor": [Cost(1.0, 1.0), Cost(2.0, 1.0), Cost(10.0, 4.0)],
        "product": [Cost(2.0, 3.0), Cost(3.0, 2.0), Cost(10.0, 4.0)],
    }
    ratio = Turns(costs).ratio("product", over="floor")
    assert (ratio.wall, ratio.cpu) == (1.5, 2.0)


def test_pair_without_time_is_left_out() -> None:
    assert median_ratio([(1.0, 0.0), (3.0, 2.0)]) == 1.5
    assert median_ratio([(1.0, 0.0)]) == 0.0


@pytest.mark.parametrize(("others", "deciding"), [(0.0, 1.4), (0.10, 1.4), (0.11, 1.1)])
def test_cpu_time_decides_on_a_machine_that_others_use(others: float, deciding: float) -> None:
    ratio = Ratio(wall=1.4, cpu=1.1, others=others)
    assert ratio.deciding == deciding
    assert Row.of_ratio("row", ratio, 1.2).holds is (deciding <= 1.2)


def test_slope_is_that_of_the_two_largest_sizes() -> None:
    assert slope({2000: 35.0, 50: 9.0, 500: 20.0}) == pytest.approx(0.01)


def test_share_of_a_limit_that_is_used_to_the_full() -> None:
    assert share_of_limit([0.0, 1.05, 2.10], 1, 1.05) == pytest.approx(1.0)
    assert share_of_limit([0.0, 2.10, 4.20], 1, 1.05) == pytest.approx(0.5)


def test_share_of_a_limit_of_several_at_once() -> None:
    """Ten at once, and ten more a period later: the second ten may come all together."""
    assert share_of_limit([0.0] * 10 + [1.05] * 10, 10, 1.05) == pytest.approx(1.0)


def test_calls_that_take_no_time_use_all_of_a_limit() -> None:
    assert share_of_limit([5.0], 1, 1.05) == 1.0


def test_others_take_what_is_busy_and_not_ours() -> None:
    assert others_share(busy=6.0, own=4.0, seconds=10.0, cores=2) == pytest.approx(0.1)
    assert others_share(busy=3.9, own=4.0, seconds=10.0, cores=2) == 0.0


def test_pages_of_a_list() -> None:
    assert [pages(vendor, 200) for vendor in ("tencent", "huawei", "alibaba")] == [2, 1, 4]
    assert pages("ucloud", 200) == 0


def test_picture_has_a_line_for_each_ratio_and_no_other() -> None:
    drawn = picture(
        [
            Row.of_ratio("preview", Ratio(1.2, 1.1), 1.35),
            Row("state", "900 B", "1500 B", holds=True),
        ]
    )
    assert "preview" in drawn
    assert "1.20x" in drawn
    assert "state" not in drawn


def test_a_command_of_the_suite_is_not_told_what_the_bench_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ARGS", "--only suite --suite")
    monkeypatch.setenv("MAKEFLAGS", " -- ARGS=--only\\ suite")
    assert not {"ARGS", "MAKEFLAGS"} & environment().keys()
    assert "PATH" in environment()
