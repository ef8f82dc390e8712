"""Changes of the package drawn at random, and how many of them its fast tests notice.

First all tests run without a change, and coverage notes which of them run which lines: a change
meets the tests of its own lines, and then those with its module's name; where no test runs a line
itself (a table is read when its module is), all tests that could notice a change in its room.

A change is made where code decides: a comparison, a `not`, an `and`, a number, a value of a table,
a keyword argument, a returned value. What makes no difference, or one of wording alone, is not
drawn: docstrings, annotations, texts with spaces, `raise`, lengths of what is shown.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from coverage import CoverageData

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGE, ENOUGH = "pulumi_smssign", 0.95
_CLIENTS = "tests/contract --ignore=tests/contract/test_fuzzed_answers.py"
_SANDBOX = "tests/sandbox --ignore=tests/sandbox/fuzz"
# The tests that could notice a change in a room: runs of pytest, the nearest first. Before them
# come the tests with the module's name. The longest beginning of a module's path counts.
TESTS = {
    "": ("tests/unit tests/golden", f"{_CLIENTS} tests/cli tests/docs"),
    "cli/": ("tests/unit/cli tests/cli", f"tests/docs {_SANDBOX}"),
    "contract/": ("tests/contract/test_requests.py tests/unit", f"{_CLIENTS} tests/cli"),
    "core/": ("tests/unit", "tests/golden tests/model tests/cli"),
    "engine/": ("tests/unit/engine", "tests/unit tests/golden tests/model"),
    "model/": ("tests/unit", "tests/golden tests/model tests/cli"),
    "sandbox/": (_SANDBOX, f"{_CLIENTS} tests/cli tests/model"),
}
for _name in ("alibaba", "huawei", "tencent", "ucloud", "yunpian"):
    _near = f"tests/unit/{_name} tests/contract/test_{_name}_client.py tests/unit/test_codes.py"
    TESTS[f"{_name}/"] = (_near, f"tests/unit {_CLIENTS} tests/docs tests/model")
    _near = f"tests/sandbox/{_name} tests/contract/test_{_name}_sdk.py"
    TESTS[f"sandbox/{_name}/"] = (_near, f"{_SANDBOX} {_CLIENTS}")
_OPTIONS = ("-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--timeout", "120")
_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.Is: ast.IsNot, ast.In: ast.NotIn, ast.Lt: ast.GtE, ast.Gt: ast.LtE,
}  # fmt: skip
_OPPOSITE |= {there: here for here, there in _OPPOSITE.items()}
# Keyword arguments that only say something to a person, or guard and repeat what is so anyway.
_IDLE = {"compare", "daemon", "description", "encoding", "frozen", "help", "kw_only", "metavar"}
_IDLE |= {"include_context", "include_input", "include_url", "name", "repr", "slots", "strict"}
_IDLE |= {"title"}
_MOST = 400
"""Tests that a line may have, to meet a change of it first; more are slower than their files."""
_KILLED = (1, 2, 4)  # pytest's exit codes: a test fails, or it or its conftest.py can't be read


Runners: TypeAlias = "dict[tuple[str, int], frozenset[str]]"
"""The tests that run a line, by its module and its number."""


@dataclass(frozen=True)
class Mutant:
    """One change of a module: the source with it, a line that shows it, and the lines it is in.

    `lines` are empty outside of functions: those run when the module is imported, for all tests.
    """

    module: str
    source: bytes
    line: str
    lines: range


def _of_expression(node: ast.AST) -> Iterator[tuple[str, ast.expr, str]]:
    match node:
        case ast.Compare(left, [op], right):
            yield "comparison", node, ast.unparse(ast.Compare(left, [_OPPOSITE[type(op)]()], right))
        case ast.UnaryOp(ast.Not(), operand):
            yield "not dropped", node, ast.unparse(operand)
        case ast.If(test=test) | ast.IfExp(test=test):
            if not isinstance(test, ast.Compare | ast.UnaryOp):
                yield "not added", test, f"not ({ast.unparse(test)})"
        case ast.BoolOp(op, values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield "and, or", node, ast.unparse(ast.BoolOp(other, values))
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            yield from (("number", node, str(number + step)) for step in (1, -1))
        case ast.Return(value=ast.expr() as value):
            if ast.unparse(value) not in {"None", "False"}:
                yield "return", value, "None"


def _of_collection(node: ast.AST) -> Iterator[tuple[str, ast.expr, str]]:
    match node:
        case ast.Dict(keys, values):
            for at, (key, value) in enumerate(zip(keys, values, strict=True)):
                rest = ast.Dict(keys[:at] + keys[at + 1 :], values[:at] + values[at + 1 :])
                label = ast.unparse(key) if key else "**"
                yield f"entry dropped, {label}", node, ast.unparse(rest)
                match value:
                    case ast.Constant(value=str(text)) if " " not in text:
                        yield "value", value, repr(f"{text}X")
        case ast.Call(function, arguments, keywords):
            for keyword in keywords:
                if keyword.arg not in _IDLE:
                    others = [other for other in keywords if other is not keyword]
                    call = ast.Call(function, arguments, others)
                    yield f"keyword dropped, {keyword.arg or '**'}", node, ast.unparse(call)


def _deciding(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a module that decide something."""
    match node:
        case ast.JoinedStr() | ast.Raise() | ast.Assert() | ast.If(test=ast.Name("TYPE_CHECKING")):
            return
        case ast.Assign([target]) | ast.AnnAssign(target):
            names = {each.id for each in ast.walk(target) if isinstance(each, ast.Name)}
            if "__all__" in names or any("LONGEST" in name for name in names):
                return
    yield node
    for field, value in ast.iter_fields(node):
        of_class = field == "decorator_list" and isinstance(node, ast.ClassDef)
        if field not in {"annotation", "returns"} and not of_class:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _deciding(child)


def _body(node: ast.AST) -> Iterable[int]:
    """The lines of a function that run when it is called; none for anything else."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return ()
    return range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)


def mutants(module: str) -> Iterator[Mutant]:
    """Every change of one module, which is named by its path in the package."""
    source = (CHECKOUT / PACKAGE / module).read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tree = ast.parse(source)
    later = {line for node in ast.walk(tree) for line in _body(node)}
    for node in _deciding(tree):
        for kind, place, text in (*_of_expression(node), *_of_collection(node)):
            start = starts[place.lineno - 1] + place.col_offset
            end = starts[(place.end_lineno or 0) - 1] + (place.end_col_offset or 0)
            was = " ".join(source[start:end].decode().split())
            change = "" if "dropped, " in kind else f": {was[:60]} -> {text[:60]}"
            changed = source[:start] + f"({text})".encode() + source[end:]
            shown = f"{module}:{place.lineno} {kind}{change}"
            lines = range(place.lineno, (place.end_lineno or place.lineno) + 1)
            yield Mutant(module, changed, shown, lines if lines[0] in later else range(0))


def runs_of(module: str) -> list[list[str]]:
    """The runs of pytest that could notice a change of a module, each with its arguments."""
    runs = [run.split() for run in TESTS[max(filter(module.startswith, TESTS), key=len)]]
    folders = {path for run in runs for path in run if not path.startswith("-")}
    files = {file for path in folders for file in (CHECKOUT / path).rglob("test_*.py")}
    named = [str(file.relative_to(CHECKOUT)) for file in files if Path(module).stem in file.name]
    return [sorted(named), *runs] if named else runs


def folders_of(runs: Iterable[Iterable[Sequence[str]]]) -> list[list[str]]:
    """The folders and files of all these runs, each once, with what is ignored there."""
    words = {word for each in runs for run in each for word in run}
    ignored = sorted(word for word in words if word.startswith("-"))
    paths = {Path(word) for word in words.difference(ignored)}
    return [[str(path), *ignored] for path in sorted(paths) if paths.isdisjoint(path.parents)]


@contextmanager
def _copy() -> Iterator[Path]:
    """A copy of the tree, for a change or for what the tests leave."""
    made = shutil.ignore_patterns(".git", ".venv*", "mutants", ".*_cache", ".hypothesis")
    with tempfile.TemporaryDirectory() as folder:
        yield shutil.copytree(CHECKOUT, Path(folder, "tree"), symlinks=True, ignore=made)


def _pytest(tree: Path, tests: Sequence[str], *before: str) -> tuple[int, str]:
    """Pytest's exit code and output, in a copy of the tree."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    surroundings = os.environ | {"PYTHONPATH": str(tree), "PATH": path}
    command = [sys.executable, *before, "-m", "pytest", *_OPTIONS, *tests]
    with (tree / "log").open("w+") as log:
        done = subprocess.run(
            command, cwd=tree, env=surroundings, check=False, stdout=log, stderr=subprocess.STDOUT
        )
        log.seek(0)
        return done.returncode, log.read()


def run_tests(runs: Sequence[Sequence[str]], mutant: Mutant) -> tuple[int, str]:
    """Pytest's exit code and output of the first run that fails, with a change."""
    with _copy() as tree:
        module = tree / PACKAGE / mutant.module
        module.write_bytes(mutant.source)
        # Python tells what it has compiled by the second.
        Path(importlib.util.cache_from_source(str(module))).unlink(missing_ok=True)
        outcomes = (_pytest(tree, tests) for tests in runs)
        return next((outcome for outcome in outcomes if outcome[0]), (0, ""))


def observe(tests: Sequence[str]) -> tuple[int, str, Runners]:
    """Pytest's exit code and output without a change, and which tests run which lines."""
    with _copy() as tree:
        settings = f"[run]\nsource = {tree / PACKAGE}\ndynamic_context = test_function\n"
        (tree / "observe.ini").write_text(settings, "utf-8")
        coverage = ("-m", "coverage", "run", "--rcfile=observe.ini")
        code, output = _pytest(tree, tests, *coverage)
        data = CoverageData(str(tree / ".coverage"))
        data.read()
        runners: Runners = {}
        for file in data.measured_files():
            module = Path(file).relative_to(tree / PACKAGE).as_posix()
            for line, contexts in data.contexts_by_lineno(file).items():
                runners[module, line] = frozenset(filter(None, map(_node, contexts)))
    return code, output, runners


def _node(context: str) -> str:
    """The test of a context of coverage, as pytest names it; "" of what runs in no test of ours."""
    parts = context.split(".") if context.startswith("tests.") else []
    at = next((at for at, part in enumerate(parts) if part.startswith("test_")), len(parts))
    return "::".join(("/".join(parts[: at + 1]) + ".py", *parts[at + 1 :])) if parts[at:] else ""


def nearest(mutant: Mutant, runners: Runners) -> list[list[str]]:
    """The run of the tests of a change's own lines, if any test runs them."""
    tests = set().union(*(runners.get((mutant.module, line), ()) for line in mutant.lines))
    return [sorted(tests)] if 0 < len(tests) <= _MOST else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw, run, count."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.mutants",
        description=__doc__,
        epilog="example: python -m tools.mutants --number 60 --seed 23 --under sandbox/huawei",
    )
    option = parser.add_argument
    option("--number", type=int, default=60, help="mutants to draw (%(default)s)")
    option("--seed", default="1", help="draws the same from the same code (%(default)s)")
    option("--under", default="", help="only modules whose path in the package begins so")
    option("--jobs", type=int, default=2, help="runs at a time (%(default)s)")
    option("--list", action="store_true", help="only show what is drawn")
    given, package = parser.parse_args(arguments), CHECKOUT / PACKAGE
    modules = sorted(file.relative_to(package).as_posix() for file in package.rglob("*.py"))
    every = [each for name in modules if name.startswith(given.under) for each in mutants(name)]
    drawn = random.Random(given.seed).sample(every, min(given.number, len(every)))  # noqa: S311
    print(f"{len(drawn)} of {len(every)} mutants, seed {given.seed}", flush=True)
    if given.list or not drawn:
        print(*(each.line for each in drawn), sep="\n")
        return 0
    killed, runs = 0, [runs_of(each.module) for each in drawn]
    runners: Runners = {}
    with ThreadPoolExecutor(given.jobs) as pool:
        for code, output, seen in pool.map(observe, folders_of(runs)):
            if code:
                print(f"The tests fail without a change:\n{output}")
                return 2
            for place, tests in seen.items():
                runners[place] = runners.get(place, frozenset()) | tests
        for at, each in enumerate(drawn):
            if own := nearest(each, runners):
                runs[at] = own + runs[at][:1]
        for each, (code, _) in zip(drawn, pool.map(run_tests, runs, drawn), strict=True):
            killed += code in _KILLED
            print(f"{'killed' if code in _KILLED else 'ALIVE':6} {each.line}", flush=True)
    print(f"{killed} of {len(drawn)} killed: {100 * killed / len(drawn):.1f} %")
    return int(killed < ENOUGH * len(drawn))


if __name__ == "__main__":
    sys.exit(main())
