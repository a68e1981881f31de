"""The READMEs are true: each `$ rncp-ld …` and `$ curl …` is run, in their order, and shows what they say that it shows.

In what they show "…" stands for anything within a line, a line of its own for any number of lines, and figures of
seconds for any figures. To write an example anew: run it in the clone, and paste.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from rncp_ld.cli import main
from rncp_ld.pipeline import Options, build
from tests.conftest import absent
from tests.exports import fiche, write_export
from tests.serve.hosts import Serve

READMES = ("README.md", "README.fr.md")
CODE = re.compile(r"(?m)(?:^ {4}.*\n)+")
SECONDS = re.compile(r"\b[0-9]+\.[0-9]{2}(?=,|$)")


def examples(text: str, wanted: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the arguments and the shown lines of each example of one program in a Markdown text."""
    for block in CODE.findall(text):
        for example in f"\n{block}".split("\n    $ ")[1:]:
            command, *shown = example.rstrip("\n").split("\n")
            program, *arguments = shlex.split(command)
            assert program in {"rncp-ld", "curl"}, command
            if program == wanted:
                yield arguments, [line[4:] for line in shown]


def differs(shown: list[str], printed: list[str]) -> str:
    """Return where what a README shows is not what was printed, "" where it is the same."""
    if not shown:
        return "" if not printed else f"printed, not shown: {printed[0]}"
    if shown[0].strip() == "…":
        return min((differs(shown[1:], printed[start:]) for start in range(len(printed) + 1)), key=len)
    if not printed:
        return f"shown, not printed: {shown[0]}"
    return (
        differs(shown[1:], printed[1:]) if fits(shown[0], printed[0]) else f"shown:   {shown[0]}\nprinted: {printed[0]}"
    )


def fits(shown: str, printed: str) -> bool:
    """Tell whether a line is the one that is shown."""
    if shown.startswith("seconds: "):
        shown, printed = SECONDS.sub("0.00", shown), SECONDS.sub("0.00", printed)
    return re.fullmatch(".*".join(re.escape(piece) for piece in shown.split("…")), printed) is not None


@pytest.mark.parametrize("name", READMES)
def test_each_example_shows_what_the_command_prints(
    name: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").symlink_to(project / "data")
    monkeypatch.chdir(tmp_path)
    found = list(examples((project / name).read_text(encoding="utf-8"), "rncp-ld"))
    assert {arguments[0] for arguments, _ in found} >= {"build", "query"}
    for arguments, shown in found:
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, (arguments, result.output)
        printed = result.output.expandtabs(4).rstrip("\n").splitlines()
        assert differs(shown, printed) == "", f"{name}: rncp-ld {shlex.join(arguments)}"


@pytest.fixture(scope="module")
def server(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """What ships with the project, and before that an export that had RNCP1 too."""
    folder = tmp_path_factory.mktemp("readme")
    earlier = write_export(folder, fiche("RNCP1", "Technicien"), day="2026-08-16")
    build([str(earlier), str(project / "data" / "fiches")], folder / "build", Options())
    build([str(project / "data" / "fiches")], folder / "build", Options())
    one = Serve(folder / "build")
    yield one
    one.stop()


@pytest.mark.parametrize("name", READMES)
def test_each_example_over_http_shows_what_comes_back(name: str, project: Path, server: Serve) -> None:
    curl = shutil.which("curl")
    if curl is None:
        absent("curl (Debian package curl)")
    found = list(examples((project / name).read_text(encoding="utf-8"), "curl"))
    assert len(found) == 4
    for arguments, shown in found:
        here = [argument.replace("localhost:8000", f"127.0.0.1:{server.port}") for argument in arguments]
        done = subprocess.run([str(curl), *here], capture_output=True, check=True, text=True)
        printed = done.stdout.expandtabs(4).rstrip("\n").splitlines()
        assert differs(shown, printed) == "", f"{name}: curl {shlex.join(arguments)}"


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        (["4,469 triples, 385 pages"], ["4,481 triples, 386 pages"]),
        (["a"], ["a", "b"]),
        (["a", "b"], ["a"]),
        (["a", "…", "c"], ["a", "b"]),
        (["a … c"], ["a b"]),
        (["seconds: link 0.02"], ["seconds: check 0.02"]),
        ([], ["a line that the README leaves out"]),
    ],
)
def test_what_is_not_true_is_found(shown: list[str], printed: list[str]) -> None:
    assert differs(shown, printed) != ""


def test_what_is_cut_or_measured_may_differ() -> None:
    assert differs(["a", "…", "<b … c> ;"], ["a", "x", "y", "<b and c> ;"]) == ""
    assert differs(["a", "…"], ["a"]) == ""
    assert differs(["seconds: link 0.02, pages 1.70"], ["seconds: link 11.40, pages 0.01"]) == ""
