"""The `pulumi` command as a stack is opened: how it is called, and each way in which it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pulumi_smssign.cli.inventory import stack as stacks
from pulumi_smssign.cli.inventory.stack import Settings, Stack, open_stack
from pulumi_smssign.model.errors import InputError
from tests.cli.project import URN, Project, state

SEE = (
    "name the project's folder with --cwd and the stack with --stack, and see that `pulumi stack` "
    "works there."
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    project = Project(tmp_path, [state()], {"smssign:sandbox": "http://127.0.0.1:9"})
    monkeypatch.setenv("PATH", project.path)
    return project


def failure(folder: Path) -> tuple[str, str]:
    """The words of a stack that can't be opened, and the advice."""
    with pytest.raises(InputError) as raised:
        open_stack(folder, None)
    error = raised.value
    words = (error.summary, error.vendor, error.vendor_message)
    return " | ".join(filter(None, words)), error.advice


def test_pulumi_is_called_once_for_the_state_and_once_for_the_configuration(
    project: Project,
) -> None:
    calls = project.folder / "calls"
    inner = project.folder / "inner"
    inner.mkdir()
    project.runs(
        f'echo "$PWD: $* $PULUMI_SKIP_UPDATE_CHECK $(cat)" >> "{calls}"; '
        f'[ "$1" = config ] && cat "{project.folder}/config.json" '
        f'|| cat "{project.folder}/export.json"'
    )
    opened = open_stack(inner, "prod")
    ends = "--stack prod --non-interactive --color never true "
    assert sorted(calls.read_text("utf-8").splitlines()) == [
        f"{inner}: config --json --show-secrets {ends}",
        f"{inner}: stack export {ends}",
    ]
    assert (opened.name, opened.folder) == ("prod", project.folder)
    assert opened.settings == Settings({"smssign:sandbox": "http://127.0.0.1:9"})
    assert [each["id"] for each in opened.resources] == ["730001"]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo 'error: no stack' >&2; echo out; exit 255", "no stack"),
        ("echo 'only  out'; exit 1", "only out"),
        (r"printf 'a\377b' >&2; exit 1", "a\ufffdb"),
        (r"printf 'c\377d'; exit 1", "c\ufffdd"),
    ],
)
def test_words_of_a_pulumi_that_fails_are_repeated(
    script: str, words: str, project: Project
) -> None:
    project.runs(script)
    assert failure(project.folder) == (f"`pulumi stack export` failed | pulumi | {words}", SEE)


@pytest.mark.parametrize("words", ["", "{", "[]", "1"])
def test_pulumi_that_prints_no_object_is_named(words: str, project: Project) -> None:
    project.runs(f"echo '{words}'")
    assert failure(project.folder) == (
        "`pulumi stack export` printed no JSON object",
        "run it by hand to see its output.",
    )


def test_pulumi_that_gives_no_answer_is_ended(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stacks, "_TIMEOUT", 0.2)
    project.runs("exec sleep 60")
    assert failure(project.folder) == (
        "`pulumi stack export` gave no answer in 0.2 seconds",
        "run it by hand to see what it waits for.",
    )


def test_pulumi_that_is_not_there_and_a_folder_that_is_not_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert failure(tmp_path) == (
        "the program `pulumi` is not on the PATH",
        "install Pulumi, or add its folder to PATH.",
    )
    assert failure(tmp_path / "gone") == (
        f"there is no folder {tmp_path / 'gone'}",
        "name the project's folder with --cwd.",
    )


def test_pulumi_that_can_not_be_started_is_named_with_its_reason(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(project.folder))  # a later one would be started in its place
    (project.folder / "pulumi").write_bytes(b"\x7fELF")
    words, advice = failure(project.folder)
    assert words == (
        f"`pulumi stack export` can't be started in {project.folder} (Exec format error)"
    )
    assert advice == "run it by hand there, or name the project's folder with --cwd."


@pytest.mark.parametrize(
    ("needed", "name", "is_asked"),
    [(False, None, False), (True, None, True), (False, "dev", True)],
)
def test_stack_without_a_project_is_asked_for_where_it_is_needed_or_named(
    *, needed: bool, name: str | None, is_asked: bool, project: Project
) -> None:
    (project.folder / "Pulumi.yaml").unlink()
    opened = open_stack(project.folder, name, needed=needed)
    assert bool(opened.resources) is is_asked
    assert opened.folder == project.folder


@pytest.mark.parametrize(
    ("resources", "name"),
    [
        ([{"urn": "urn:pulumi:prod::shop::x::y"}, {"urn": URN}], "prod"),
        ([{"urn": "no URN"}, {}, {"urn": URN}], "dev"),
        ([], "(selected)"),
    ],
)
def test_name_of_the_selected_stack_is_that_of_its_urns(
    resources: list[dict[str, object]], name: str, project: Project
) -> None:
    project.prints({"deployment": {"resources": resources}}, {})
    assert open_stack(project.folder, None).name == name


@pytest.mark.parametrize(
    ("lines", "folder"),
    [
        ("name: shop", "."),
        ("name: shop\nmain: src", "src"),
        ("'main': 'src' # the program", "src"),
        ('"main" : "src/app.py"', "src"),
        ("name: main", "."),
    ],
)
@pytest.mark.parametrize("file", ["Pulumi.yaml", "Pulumi.yml"])
def test_program_runs_in_the_folder_that_main_names(
    lines: str, folder: str, file: str, project: Project
) -> None:
    (project.folder / "src").mkdir()
    (project.folder / "Pulumi.yaml").unlink()
    (project.folder / file).write_text(lines, "utf-8")
    assert open_stack(project.folder, None).folder == project.folder / folder


def test_configuration_has_text_as_it_is_and_objects_as_json(project: Project) -> None:
    config = {
        "smssign:sandbox": {"value": "x", "secret": False},
        "smssign:tencent": {"objectValue": {"secretId": "a"}, "value": '{"secretId":"a"}'},
        "smssign:huawei": {"objectValue": {"appKey": "钥"}, "secret": True},
        "smssign:yunpian": {"secret": True},
        "smssign:ucloud": "no object",
        "aws:region": {"value": "cn-north-1", "secret": True},
    }
    project.prints({}, config)
    settings = open_stack(project.folder, None).settings
    assert settings.values == {
        "smssign:sandbox": "x",
        "smssign:tencent": '{"secretId":"a"}',
        "smssign:huawei": json.dumps({"appKey": "钥"}),
        "smssign:yunpian": "",
    }
    assert settings.secret == {"smssign:huawei", "smssign:yunpian"}
    assert (settings.get("smssign:sandbox"), settings.get("aws:region")) == ("x", None)
    assert (Settings().values, Settings().secret) == ({}, frozenset())


def test_state_has_no_secret_and_no_half_a_character(project: Project) -> None:
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "a": 1}
    resource = {"outputs": {"a": secret, "b": [secret, 1, None, True], "c": "x\ud800y", "d": "云"}}
    project.prints({"deployment": {"resources": [resource, 1, "x", None]}}, {})
    assert open_stack(project.folder, None).resources == (
        {"outputs": {"a": "[secret]", "b": ["[secret]", 1, None, True], "c": "x?y", "d": "云"}},
    )


@pytest.mark.parametrize("export", [{}, {"deployment": None}, {"deployment": {"resources": {}}}])
def test_export_without_resources_is_an_empty_state(export: object, project: Project) -> None:
    project.prints(export, {})
    opened = open_stack(project.folder, None)
    assert (opened.resources, opened.signatures) == ((), [])


def test_accounts_are_in_the_vendors_order_with_the_default_one_first() -> None:
    keys = ("yunpian", *(f"tencent-{name}" for name in "gfbaced"), "tencent", "huawei-shop")
    settings = Settings({f"smssign:{key}": "{}" for key in keys})
    known = Stack(Path(), settings=settings).known_accounts
    assert [name for vendor, name in known if vendor == "tencent"] == ["default", *"abcdefg"]
    assert [vendor for vendor, _ in known if vendor in ("tencent", "huawei", "yunpian")] == [
        *["tencent"] * 8,
        "huawei",
        "yunpian",
    ]
