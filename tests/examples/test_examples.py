"""Every example runs as it is, does what its README says, and prints what its README shows."""

from __future__ import annotations

import json
import sys

from pulumi_smssign.core.registry import VENDORS
from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.examples.conftest import Copy
from tests.examples.example import EXAMPLES

APPROVED = "APPROVED"


def test_every_example_has_a_readme_and_a_test() -> None:
    folders = {each.name for each in EXAMPLES.iterdir() if each.is_dir()}
    tests = (EXAMPLES.parent / "tests" / "examples").glob("test_*.py")
    told = "".join(each.read_text(encoding="utf-8") for each in tests)
    table = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for folder in folders:
        assert (EXAMPLES / folder / "README.md").exists(), folder
        assert f'copy("{folder}")' in told, folder
        assert f"[{folder}]({folder})" in table, folder


def test_the_quickstart_leaves_its_folder_as_git_has_it(copy: Copy) -> None:
    """A stack is made, used and removed, and nothing that is tracked has changed."""
    example = copy("quickstart")
    git = (
        "git",
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@example.com",
        "-c",
        "init.defaultBranch=x",
    )
    for command in (("init", "-q", ".."), ("add", ".."), ("commit", "-qm", "as new")):
        assert example.run(*git, *command).succeeded
    example.pulumi("stack", "init", "dev")
    example.pulumi_awaits("up", "--yes", "--skip-preview")
    example.review()
    example.pulumi("up", "--yes", "--skip-preview")
    assert {vendor for vendor, _, status in example.texts() if status == APPROVED} == set(VENDORS)
    assert example.run("git", "status", "--porcelain", "..").output == ""
    example.pulumi("destroy", "--yes", "--skip-preview")
    example.pulumi("stack", "rm", "dev", "--yes")
    assert example.run("git", "status", "--porcelain", "..").output == ""
    example.must_have_printed_what_its_readme_shows()


def test_a_brand_is_at_five_vendors(copy: Copy) -> None:
    example = copy("brand")
    example.pulumi("stack", "init", "dev")
    example.pulumi_awaits("up", "--yes", "--skip-preview")
    example.review()
    example.pulumi("up", "--yes", "--skip-preview")
    assert example.texts() == [(vendor, "云杉示例", APPROVED) for vendor in sorted(VENDORS)]
    example.must_have_printed_what_its_readme_shows()


def test_a_gated_resource_comes_after_the_approval(copy: Copy) -> None:
    example = copy("gating")
    settings = example.folder / "shop.json"
    example.pulumi("stack", "init", "dev")
    example.pulumi_awaits("up", "--yes", "--skip-preview")
    assert not settings.exists()
    example.review()
    example.pulumi("up", "--yes", "--skip-preview")
    assert json.loads(settings.read_text(encoding="utf-8")) == {"signature": "云杉示例"}
    example.must_have_printed_what_its_readme_shows()


def test_a_rejection_is_mended_by_the_edit_that_is_shown(copy: Copy) -> None:
    example = copy("mending")
    example.pulumi("stack", "init", "dev")
    example.pulumi_awaits("up", "--yes", "--skip-preview")
    example.act()
    assert example.try_pulumi("up", "--yes", "--skip-preview").code == 1
    example.edit()
    example.pulumi_awaits("up", "--yes", "--skip-preview")
    example.review()
    example.pulumi("up", "--yes", "--skip-preview")
    assert example.texts() == [("tencent", "云杉示例", APPROVED)]
    example.must_have_printed_what_its_readme_shows()


def test_one_program_is_dev_on_the_sandbox_and_prod_on_keys(
    copy: Copy, served: RunningSandbox
) -> None:
    """Another sandbox plays the vendor, which prod reaches by its keys and nothing else."""
    example = copy("two_stacks")
    served.sandbox.review_policy = "immediate"
    example.pulumi("stack", "init", "dev")
    example.pulumi("config", "set", "smssign:sandbox", served.url)
    example.pulumi("up", "--yes", "--skip-preview")
    example.pulumi("stack", "init", "prod")
    keyless = example.try_pulumi("up", "--yes", "--skip-preview")
    assert "the configuration smssign:tencent lacks secretId and secretKey" in keyless.output
    with running() as vendor:
        keys = {
            **vendor.sandbox.credentials(vendor.address)["tencent"],
            "SMSSIGN_TENCENT_ENDPOINT": vendor.url,
        }
        example.pulumi_awaits("up", "--yes", "--skip-preview", environment=keys)
        (real,) = vendor.sandbox.signatures()
        assert real.status.name == "PENDING"
        held = example.try_pulumi("destroy", "--yes", "--skip-preview", environment=keys)
        assert not held.succeeded
        assert len(vendor.sandbox.signatures()) == 1
    assert example.texts() == [("tencent", "云杉示例", APPROVED)]
    example.must_have_printed_what_its_readme_shows()


def test_two_accounts_of_one_vendor_hold_one_name_each(copy: Copy, served: RunningSandbox) -> None:
    example = copy("two_accounts")
    served.sandbox.review_policy = "immediate"
    example.pulumi("stack", "init", "dev")
    example.pulumi("up", "--yes", "--skip-preview")
    assert example.texts() == [("tencent", "云杉示例", APPROVED)] * 2
    asked = {call.account for call in served.sandbox.calls("tencent", "AddSmsSign")}
    assert len(asked) == 2
    example.must_have_printed_what_its_readme_shows()


def test_an_existing_signature_is_adopted_and_not_submitted_again(
    copy: Copy, served: RunningSandbox
) -> None:
    example = copy("adopting")
    example.act()
    example.review()
    served.sandbox.log.clear()
    example.pulumi("stack", "init", "dev")
    example.pulumi("up", "--yes")
    assert {call.action for call in served.sandbox.calls("yunpian")} == {"get"}
    assert example.texts() == [("yunpian", "云杉示例", APPROVED)]
    example.must_have_printed_what_its_readme_shows()


def test_a_name_that_must_go_is_in_use_until_the_new_one_is_approved(copy: Copy) -> None:
    example = copy("renaming")
    example.pulumi("stack", "init", "dev")
    example.pulumi_awaits("up", "--yes", "--skip-preview")
    example.review()
    example.pulumi("up", "--yes", "--skip-preview")
    example.edit()
    example.pulumi_awaits("up", "--yes")
    assert example.texts() == [
        ("ucloud", "云杉商城", APPROVED),
        ("ucloud", "云杉示例", "PENDING"),
    ]
    example.review()
    example.pulumi("up", "--yes")
    assert example.texts() == [("ucloud", "云杉示例", APPROVED)]
    example.must_have_printed_what_its_readme_shows()


def test_a_program_runs_pulumi_by_its_automation_api(copy: Copy) -> None:
    example = copy("automation")
    waiting = example.run(sys.executable, "main.py")
    assert waiting.awaits, waiting.output
    example.review()
    assert example.run(sys.executable, "main.py").succeeded
    example.must_have_printed_what_its_readme_shows()
