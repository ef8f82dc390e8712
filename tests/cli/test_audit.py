"""`smssign audit`: its lines on stdout, or in a file that a program imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.cli.project import Project


@pytest.fixture
def served() -> Iterator[RunningSandbox]:
    with running() as served:
        yield served


@pytest.fixture
def project(tmp_path: Path, served: RunningSandbox) -> Project:
    """A stack without signatures, whose account at Tencent Cloud has two."""
    for number, text in (("730001", "极客科技"), ("730002", "云杉\u200b示例")):
        served.sandbox.desk.submit(
            "tencent", "default", signature_id=number, text=text, fields={}, evidence={}
        )
    return Project(tmp_path, [], {"smssign:sandbox": served.url})


def test_lines_are_a_program_and_what_can_not_be_adopted_is_a_comment(project: Project) -> None:
    result = project.in_stack("audit", "--vendor", "tencent")
    assert result.exit_code == 0
    imported, declaration = ast.parse(result.stdout).body
    assert ast.unparse(imported) == "from pulumi_smssign import TODO, tencent"
    assert ast.unparse(declaration).startswith(
        "tencent_730001 = tencent.Signature('tencent-730001'"
    )
    assert "# 【云杉\\u200b示例】 at tencent can't be adopted" in result.stdout


def test_lines_are_written_into_a_new_file_that_a_program_imports(project: Project) -> None:
    printed = project.in_stack("audit", "--vendor", "tencent").stdout
    file = project.folder / "imported.py"
    result = project.in_stack("audit", "--vendor", "tencent", "--write", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Add `import imported` to __main__.py.\n" in result.stderr
    docstring, _, lines = file.read_text("utf-8").partition("\n\n")
    assert ast.get_docstring(ast.parse(docstring))
    assert lines == printed


def test_file_that_is_there_is_not_written_again(project: Project) -> None:
    file = project.folder / "imported.py"
    file.write_text("edited = True\n", "utf-8")
    result = project.in_stack("audit", "--write", str(file))
    assert result.exit_code == 1
    assert "is there already, and may have been edited" in result.stderr
    assert file.read_text("utf-8") == "edited = True\n"


@pytest.mark.parametrize("name", ["imported.txt", "my-signatures.py", "1.py"])
def test_file_that_no_program_can_import_is_refused(project: Project, name: str) -> None:
    result = project.in_stack("audit", "--write", str(project.folder / name))
    assert result.exit_code == 2
    assert f"'{name}' is no module's name, such as imported.py." in result.stderr
    assert not (project.folder / name).exists()


def test_folder_that_is_not_there_is_an_error_that_names_the_file(project: Project) -> None:
    file = project.folder / "gone" / "imported.py"
    result = project.in_stack("audit", "--vendor", "tencent", "--write", str(file))
    assert result.exit_code == 1
    assert f"the file {file} can't be written" in result.stderr


def test_audit_without_findings_writes_no_file(project: Project) -> None:
    file = project.folder / "imported.py"
    result = project.in_stack("audit", "--vendor", "huawei", "--write", str(file))
    assert result.exit_code == 0
    assert not file.exists()
