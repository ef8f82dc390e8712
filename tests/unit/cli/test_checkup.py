"""The checks of `smssign doctor`: what each says, at its limits too, and what to do."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_smssign.cli.inventory import checkup
from pulumi_smssign.cli.inventory.checkup import Check, Health
from pulumi_smssign.cli.inventory.stack import Settings, Stack
from pulumi_smssign.core.registry import OURS, named
from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.cli.project import PROOF, Project, state

TENCENT = ("tencent", "default")
SUBJECT = "tencent (default)"
KEYS = json.dumps({"secretId": "AKIDinvented0000000000", "secretKey": "invented-secret-key-000"})
IS_OK = Check(SUBJECT, Health.OK, "complete")
CLOCK = "set the clock (NTP): vendors refuse a request whose time is minutes off."
CHANGED = "the next `pulumi up` takes that for a change of the signature: look at its preview."


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without keys, and a proxy at which nobody listens: no vendor is reached."""
    for vendor in OURS:
        for name in named(vendor).credentials.environment.values():
            monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")


@pytest.fixture
def served() -> Iterator[RunningSandbox]:
    with running() as served:
        yield served


def of_account(**values: str) -> list[Check]:
    settings = Settings({f"smssign:{key}": value for key, value in values.items()})
    return list(checkup.account_checks(settings, TENCENT))


@pytest.mark.parametrize(
    ("version", "check"),
    [
        (
            "3.234.99",
            Check("p", Health.FAILED, "3.234.99 is older than 3.235.0", "update."),
        ),
        ("3.235.0", Check("p", Health.OK, "3.235.0")),
        ("10.0.0-dev", Check("p", Health.OK, "10.0.0-dev")),
        (
            "2.999.999",
            Check("p", Health.FAILED, "2.999.999 is older than 3.235.0", "update."),
        ),
        (
            "dev",
            Check(
                "p",
                Health.WARNING,
                "printed a version that can't be read: 'dev'",
                "run `pulumi version` by hand to see it.",
            ),
        ),
    ],
)
def test_version_is_held_against_the_oldest_one(version: str, check: Check) -> None:
    assert checkup.version_check("p", version, "update.") == check


@pytest.mark.parametrize(
    ("script", "check"),
    [
        ("echo v3.999.0", Check("pulumi (engine)", Health.OK, "3.999.0")),
        ("echo 4.0.0; exit 1", Check("pulumi (engine)", Health.OK, "4.0.0")),
        (
            "echo v3.1.0",
            Check(
                "pulumi (engine)", Health.FAILED, "3.1.0 is older than 3.235.0", "update Pulumi."
            ),
        ),
        (
            r"printf '\377'; cat",
            Check(
                "pulumi (engine)",
                Health.WARNING,
                "printed a version that can't be read: '\ufffd'",
                "run `pulumi version` by hand to see it.",
            ),
        ),
        ("", None),
    ],
)
def test_engine_and_its_sdk_are_checked(
    script: str, check: Check | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path, [], {})
    project.runs(script)
    monkeypatch.setenv("PATH", project.path)
    if not check:
        monkeypatch.setenv("PATH", str(tmp_path / "gone"))
        check = Check("pulumi", Health.FAILED, "is not on the PATH", "install Pulumi's command.")
    version = importlib.metadata.version("pulumi")
    sdk = Check("pulumi (Python SDK)", Health.OK, version)
    assert list(checkup.programs()) == [check, sdk]


def test_key_that_is_not_read_is_named_with_what_to_do() -> None:
    other = "smssign:quite-another"
    keys = ("smssign:tencnt", other, "smssign:tencent-a", "smssign:adopt")
    finding = "this package does not read the key"
    assert list(checkup.unknown_keys(Settings(dict.fromkeys(keys, "x")))) == [
        Check(
            other,
            Health.FAILED,
            finding,
            f"pulumi config rm '{other}', and set the right one.",
        ),
        Check(
            "smssign:tencnt",
            Health.FAILED,
            finding,
            "perhaps smssign:tencent is meant: pulumi config rm 'smssign:tencnt', and set the "
            "right one.",
        ),
    ]


@pytest.mark.parametrize(
    ("values", "findings"),
    [
        ({}, []),
        (
            {"sandbox": "http://127.0.0.1:9"},
            [
                (
                    "sandbox",
                    Health.NOTE,
                    "http://127.0.0.1:9: nothing of this stack reaches a vendor",
                )
            ],
        ),
        ({"adopt": "existing"}, [("adopt", Health.NOTE, "signatures that exist are taken over")]),
        (
            {"deletionPolicy": "delete"},
            [
                (
                    "deletionPolicy",
                    Health.NOTE,
                    (
                        "approved signatures of resources that have no deletion_policy of their "
                        "own may be deleted"
                    ),
                )
            ],
        ),
        (
            {"deletionPolicy": "retain"},
            [
                (
                    "deletionPolicy",
                    Health.NOTE,
                    (
                        "approved signatures of resources that have no deletion_policy of their "
                        "own stay in the account"
                    ),
                )
            ],
        ),
    ],
)
def test_setting_of_the_whole_stack_is_a_note(
    values: dict[str, str], findings: list[tuple[str, Health, str]]
) -> None:
    settings = Settings({f"smssign:{key}": value for key, value in values.items()})
    assert list(checkup.whole_stack(settings)) == [
        Check(f"smssign:{key}", health, finding) for key, health, finding in findings
    ]


@pytest.mark.parametrize("key", ["adopt", "deletionPolicy"])
def test_wrong_value_of_the_whole_stack_fails_with_what_to_do(key: str) -> None:
    (check,) = checkup.whole_stack(Settings({f"smssign:{key}": "maybe"}))
    assert (check.subject, check.health) == (f"smssign:{key}", Health.FAILED)
    assert check.finding.startswith(f"the configuration smssign:{key} must be '")
    assert f"or pulumi config rm smssign:{key}; " in check.advice


def test_account_in_the_sandbox_is_complete_reached_and_its_key_accepted(
    served: RunningSandbox,
) -> None:
    reached = [
        IS_OK,
        Check(SUBJECT, Health.OK, f"{served.url} answers"),
        Check(SUBJECT, Health.OK, "the key is accepted"),
    ]
    assert of_account(sandbox=served.url) == reached
    assert of_account(sandbox=served.url, tencent="{}") == reached
    assert of_account(sandbox=served.url, tencent=KEYS) == [
        Check(
            SUBJECT,
            Health.NOTE,
            "the keys of smssign:tencent are not used, since smssign:sandbox is set",
            "pulumi config rm smssign:sandbox sends this stack to the vendors.",
        ),
        *reached,
    ]


def test_account_that_is_not_complete_is_not_asked() -> None:
    (check,) = of_account(tencent='{"secretId": "AKIDinvented0000000000"}')
    assert (check.subject, check.health) == (SUBJECT, Health.FAILED)
    assert check.finding == "the configuration smssign:tencent lacks secretKey"
    assert "secretKey" in check.advice


def test_keys_in_plain_text_and_a_host_that_is_not_the_vendors_are_warnings() -> None:
    keys = {**json.loads(KEYS), "endpoint": "http://127.0.0.1:9"}
    plain = Check(
        SUBJECT,
        Health.WARNING,
        "smssign:tencent has secretKey in plain text",
        "pulumi config set --path --secret 'smssign:tencent.KEY' VALUE, and have the vendor "
        "change the key.",
    )
    foreign = Check(
        SUBJECT,
        Health.WARNING,
        "is asked at 127.0.0.1:9, not at a host of Tencent Cloud's own",
        "take its endpoint out, unless the key and the proof files are to go there.",
    )
    checks = of_account(tencent=json.dumps(keys))
    assert checks[:3] == [plain, IS_OK, foreign]
    (failed,) = checks[3:]
    assert (failed.health, failed.advice) == (
        Health.FAILED,
        "start the sandbox: smssign sandbox --port 9",
    )
    settings = Settings({"smssign:tencent": json.dumps(keys)}, frozenset({"smssign:tencent"}))
    assert list(checkup.account_checks(settings, TENCENT))[:2] == [IS_OK, foreign]


@pytest.mark.parametrize(
    ("difference", "health", "finding"),
    [
        (None, None, ""),
        (60.0, None, ""),
        (-60.0, None, ""),
        (60.6, Health.WARNING, "61 seconds behind the vendor's"),
        (-60.6, Health.WARNING, "61 seconds ahead of the vendor's"),
        (280.0, Health.WARNING, "280 seconds behind the vendor's"),
        (281.0, Health.FAILED, "281 seconds behind the vendor's"),
        (-281.0, Health.FAILED, "281 seconds ahead of the vendor's"),
    ],
)
def test_clock_may_be_a_minute_off_and_fails_near_five(
    difference: float | None,
    health: Health | None,
    finding: str,
    served: RunningSandbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checkup, "clock_difference", lambda *_: difference)
    checks = of_account(sandbox=served.url)
    answers = Check(SUBJECT, Health.OK, f"{served.url} answers")
    clock = [Check(SUBJECT, health, f"this machine's clock is {finding}", CLOCK)] if health else []
    assert checks[:2] == [IS_OK, answers]
    assert checks[2:3] == (clock or checks[2:3])
    # A clock that is off too far is why the key is not tried.
    key = [] if health is Health.FAILED else [Check(SUBJECT, Health.OK, "the key is accepted")]
    assert checks[2 + len(clock) :] == key


@pytest.mark.parametrize(
    ("fault", "health", "finding"),
    [
        (
            {"code": "AuthFailure.SecretIdNotFound", "message": "no such id"},
            Health.FAILED,
            ": no such id",
        ),
        (
            {"code": "InvalidParameter.New", "message": "new"},
            Health.FAILED,
            "nothing shows that the key is accepted: ",
        ),
        (
            {"code": "FailedOperation.TemplateIdNotExist", "message": "x"},
            Health.OK,
            "the key is accepted (",
        ),
    ],
)
def test_key_is_refused_accepted_or_not_proven(
    fault: dict[str, str], health: Health, finding: str, served: RunningSandbox
) -> None:
    served.sandbox.faults.add({"vendor": "tencent", "kind": "error", **fault, "times": None})
    check = of_account(sandbox=served.url)[-1]
    assert (check.subject, check.health) == (SUBJECT, health)
    assert finding in check.finding
    assert f"({fault['code']})" in check.finding
    assert bool(check.advice) is (health is Health.FAILED)


def proof(folder: Path, **submitted: Any) -> Check:  # noqa: ANN401 - JSON
    resource = state(proof_image={**PROOF, **submitted})
    (check,) = checkup.proofs(Stack(folder, resources=(resource,)))
    return check


def test_each_finding_about_a_proof_file_has_its_advice(tmp_path: Path) -> None:
    subject, gone = "brand.proof_image", tmp_path / "gone"
    (tmp_path / "licence.png").write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert proof(tmp_path, sha256=digest) == Check(
        subject, Health.OK, "licence.png is there, unchanged"
    )
    assert proof(tmp_path) == Check(
        subject, Health.WARNING, "licence.png has changed since it was submitted", CHANGED
    )
    assert proof(gone) == Check(
        subject,
        Health.WARNING,
        f"licence.png is not in {gone}",
        "put it back before the next change of this signature, or name another file; where runs "
        'are to go without it, ignore_changes=["proof_image"] among the resource\'s opts.',
    )
    assert proof(tmp_path, path=".").advice == "name a file that can be read."
    (tmp_path / "licence.png").write_bytes(b"%PDF-1.7 ")
    assert proof(tmp_path) == Check(
        subject,
        Health.WARNING,
        "licence.png has changed since it was submitted: it is a PDF document",
        CHANGED,
    )
    of_its_kind = proof(tmp_path, media_type="application/pdf")
    assert of_its_kind.finding == "licence.png has changed since it was submitted"


def test_file_whose_changes_are_ignored_is_a_note_and_a_good_one_stays_good(
    tmp_path: Path,
) -> None:
    resource = state(proof_image=PROOF) | {"ignoreChanges": ["proof_image"]}
    (check,) = checkup.proofs(Stack(tmp_path, resources=(resource,)))
    assert check == Check(
        "brand.proof_image",
        Health.NOTE,
        f"licence.png is not in {tmp_path}; ignore_changes has it, so no run takes that for a "
        "change",
    )
    (tmp_path / "licence.png").write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    resource["outputs"]["proof_image"] = {**PROOF, "sha256": digest}
    (check,) = checkup.proofs(Stack(tmp_path, resources=(resource,)))
    assert check == Check("brand.proof_image", Health.OK, "licence.png is there, unchanged")


def test_files_of_what_no_resource_manages_are_not_checked(tmp_path: Path) -> None:
    resource = state(proof_image=PROOF)
    for other in ({"external": True}, {"delete": True}):
        assert list(checkup.proofs(Stack(tmp_path, resources=(resource | other,)))) == []
    hidden = state(proof_image="[secret]", files=[PROOF, "x", None])
    (check,) = checkup.proofs(Stack(tmp_path, resources=(hidden,)))
    assert check.subject == "brand.files"


def test_folder_without_a_project_has_its_environment_checked(tmp_path: Path) -> None:
    name, checks = checkup.examine(tmp_path, None)
    assert name == ""
    assert checks[2:] == [
        Check(
            "stack",
            Health.NOTE,
            "there is no Pulumi project here: only the environment is checked",
            "name the project's folder with --cwd.",
        ),
        Check(
            "accounts",
            Health.WARNING,
            "neither the configuration nor the environment names an account",
            "pulumi config set smssign:sandbox http://127.0.0.1:8725 for a stack without keys.",
        ),
    ]


def test_checks_of_a_stack_are_in_one_order(
    tmp_path: Path, served: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = {"smssign:sandbx": "x", "smssign:sandbox": served.url, "smssign:tencent-shop": "{}"}
    project = Project(tmp_path, [state()], config)
    monkeypatch.setenv("PATH", project.path)
    name, checks = checkup.examine(tmp_path, None)
    assert name == "dev"
    subjects = list(dict.fromkeys(check.subject for check in checks))
    accounts = [subject for subject in subjects if "(" in subject][2:]
    assert subjects == [
        "pulumi (engine)",
        "pulumi (Python SDK)",
        "smssign:sandbx",
        "smssign:sandbox",
        *accounts,
        "brand.proof_image",
    ]
    assert [each for each in accounts if "tencent" in each] == [SUBJECT, "tencent (shop)"]
    assert {each.split()[0] for each in accounts} >= set(OURS)


def test_stack_that_can_not_be_read_fails_and_the_environment_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path, [], {})
    project.runs("echo 'error: no stack selected' >&2; exit 255")
    monkeypatch.setenv("PATH", project.path)
    name, checks = checkup.examine(tmp_path, None)
    assert name == ""
    failed = checks[2]
    assert (failed.subject, failed.health) == ("stack", Health.FAILED)
    assert failed.finding == "`pulumi stack export` failed: no stack selected"
    assert failed.advice.startswith("name the project's folder with --cwd and the stack with")
    assert [check.subject for check in checks[3:]] == ["accounts"]
