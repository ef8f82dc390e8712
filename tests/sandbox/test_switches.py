from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox.registry import VENDORS
from pulumi_smssign.sandbox.switches import Switch, SwitchError, Switches

FLAG = Switch("v.flag", default=True, meaning="Whether.")
DELAY = Switch("v.delay", default=0, meaning="Seconds.")
CODE = Switch("v.code", default="a", meaning="Which.", choices=("a", "b"))


@pytest.fixture
def switches() -> Switches:
    return Switches([FLAG, DELAY, CODE])


def test_a_switch_has_its_default_until_it_is_set(switches: Switches) -> None:
    assert switches.flag("v.flag") is True
    assert switches.number("v.delay") == 0
    assert switches.text("v.code") == "a"
    assert switches.changed() == {}


def test_switches_are_set_and_put_back(switches: Switches) -> None:
    switches.set({"v.flag": False, "v.delay": 2.5, "v.code": "b"})
    switches.set({"v.flag": None})

    assert switches.flag("v.flag") is True
    assert switches.changed() == {"v.delay": 2.5, "v.code": "b"}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("v.flag", 1, "v.flag takes true or false, not 1"),
        ("v.delay", True, "v.delay takes a number from 0 to 1,000,000,000, not True"),
        ("v.delay", -1, "v.delay takes a number from 0 to 1,000,000,000, not -1"),
        ("v.delay", "5", "v.delay takes a number from 0 to 1,000,000,000, not '5'"),
        ("v.delay", 1e9 + 1, "v.delay takes a number from 0 to 1,000,000,000, not 1000000001.0"),
        ("v.delay", 10**400, "v.delay takes a number from 0 to 1,000,000,000, not 1000"),
        ("v.delay", float("nan"), "v.delay takes a number from 0 to 1,000,000,000, not nan"),
        ("v.code", "c", "v.code takes one of a, b, not 'c'"),
        ("v.nothing", 1, "there is no switch 'v.nothing'"),
    ],
)
def test_a_wrong_setting_is_refused_with_what_is_taken(
    switches: Switches, name: str, value: JsonValue, message: str
) -> None:
    with pytest.raises(SwitchError, match=message):
        switches.set({name: value})


def test_of_several_settings_none_is_made_if_one_is_wrong(switches: Switches) -> None:
    with pytest.raises(SwitchError):
        switches.set({"v.flag": False, "v.code": "c"})

    assert switches.flag("v.flag") is True


def test_the_description_tells_value_default_and_choices(switches: Switches) -> None:
    switches.set({"v.code": "b"})

    assert switches.describe()[2] == {
        "name": "v.code",
        "value": "b",
        "default": "a",
        "meaning": "Which.",
        "choices": ["a", "b"],
    }


@pytest.mark.parametrize(
    "switch",
    [switch for vendor in VENDORS for switch in vendor.switches],
    ids=lambda each: each.name,
)
def test_every_vendor_switch_takes_its_default_and_is_explained(switch: Switch) -> None:
    assert switch.accept(switch.default) == switch.default
    assert switch.meaning.endswith(".")
    assert switch.name.split(".")[0] in {vendor.name for vendor in VENDORS}


def test_no_two_vendor_switches_share_a_name() -> None:
    names = [switch.name for vendor in VENDORS for switch in vendor.switches]

    assert len(names) == len(set(names))


def test_the_page_of_contradictions_names_switches_that_there_are() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "what-vendors-say.md"
    vendors = "|".join(gateway.name for gateway in VENDORS)
    named = set(re.findall(rf"`((?:{vendors})\.[a-z_0-9]+)`", page.read_text(encoding="utf-8")))
    assert len(named) > 10
    assert named <= {switch.name for gateway in VENDORS for switch in gateway.switches}
