"""A publication appears whole, or not at all: the swap, the two that are kept, and what a failed build leaves behind."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

import pytest

from rncp_ld.errors import CheckError, NoFicheError, OutputError, PublicationError, SourceError
from rncp_ld.pipeline import Options, build
from rncp_ld.publish.publication import PublicationFacts, current, new_publication, open_output, read_facts, write_facts
from tests.command import run
from tests.exports import export, fiche, write_export

LAYOUT = {
    "current",
    "site",
    "store",
    "ledger.nt",
    "report.json",
    "report.ttl",
    "report.html",
    "publications",
    "cache",
    ".rncp-ld",
}

STAGES = (
    "mapped.map_fiche",
    "checking.link",
    "segments.check_chunk",
    "segments.make_parts",
    "publishing.verify_files",
    "publishing.make_store",
    "publishing.join_dumps",
    "publishing.write_catalogue",
    "rendering.render_page",
    "rendering.render_frame",
    "rendering.write_found",
    "publishing.write_ledger",
    "write_facts",
    "write_report",
)
"""What does the work of each stage of a build, by its place below `rncp_ld.pipeline`."""


def publish(out: Path, text: str) -> None:
    with new_publication(out) as made:
        (made.folder / "site").mkdir()
        (made.folder / "site" / "index.html").write_text(text)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, links followed."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """An output folder with one publication of one fiche."""
    build([str(write_export(tmp_path, fiche("RNCP1")))], tmp_path / "build", Options())
    return tmp_path / "build"


def test_the_layout_of_the_output_folder(published: Path) -> None:
    assert {path.name for path in published.iterdir()} == LAYOUT
    assert (published / "current").readlink() == Path("publications/1")
    assert (published / "site").readlink() == Path("current/site")
    assert {path.name for path in (published / "publications" / "1").iterdir()} == {
        "site", "store", "ledger.nt", "report.json", "report.ttl", "report.html", "publication.json",
    }  # fmt: skip
    assert [path.name for path in (published / "cache").iterdir()] == ["1"]
    assert read_facts(current(published)).base == "https://w3id.org/rncp/"


def test_the_last_two_are_kept(tmp_path: Path) -> None:
    out = tmp_path / "build"
    for text in ("one", "two", "three"):
        publish(out, text)
        assert (out / "site" / "index.html").read_text() == text
    assert sorted(path.name for path in (out / "publications").iterdir()) == ["2", "3"]


def test_a_reader_never_sees_half_a_publication(tmp_path: Path) -> None:
    out = tmp_path / "build"
    publish(out, "one")
    with new_publication(out) as made:
        assert (made.number, made.before, made.before_folder) == (2, 1, out / "publications" / "1")
        (made.folder / "site").mkdir()
        (made.folder / "site" / "index.html").write_text("two")
        assert (out / "site" / "index.html").read_text() == "one"
    assert (out / "site" / "index.html").read_text() == "two"


def test_a_failure_leaves_the_last_publication_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "build"
    publish(out, "one")
    with pytest.raises(CheckError), new_publication(out):
        planted()
    assert (out / "site" / "index.html").read_text() == "one"
    assert [path.name for path in (out / "publications").iterdir()] == ["1"]


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path) -> None:
    out = tmp_path / "build"
    publish(out, "one")
    (out / "publications" / "2.part" / "site").mkdir(parents=True)
    publish(out, "two")
    assert sorted(path.name for path in (out / "publications").iterdir()) == ["1", "2"]


def test_two_builds_at_once_do_not_meet(tmp_path: Path) -> None:
    out = tmp_path / "build"
    with (
        new_publication(out),
        pytest.raises(OutputError, match="another rncp-ld build is writing here"),
        new_publication(out),
    ):
        pass
    publish(out, "afterwards")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda out: out.write_text("x"), "this is a file; the output must be a folder"),
        (
            lambda out: [out.mkdir(), (out / "thesis.doc").write_text("x")],
            "this folder is not empty and was not made by rncp-ld",
        ),
    ],
    ids=["a file", "a foreign folder"],
)
def test_an_output_that_is_not_ours_is_refused(make: object, message: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    make(out)  # type: ignore[operator]
    before = bytes_of(tmp_path)
    with pytest.raises(OutputError, match=message):
        open_output(out)
    assert bytes_of(tmp_path) == before


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    open_output(tmp_path)
    assert (tmp_path / ".rncp-ld").is_file()


def test_a_folder_that_cannot_be_made() -> None:
    with pytest.raises(OutputError, match=r"/proc/x: No such file or directory"):
        open_output(Path("/proc/x"))


def test_what_is_no_publication_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="no publication here; run `rncp-ld build"):
        current(tmp_path)
    with pytest.raises(PublicationError, match="this publication is incomplete; build again"):
        read_facts(tmp_path)
    facts = PublicationFacts("https://example.org/", date(2026, 8, 16))
    write_facts(tmp_path, facts)
    assert read_facts(tmp_path) == facts


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            '{"rncp_ld": "0.0.1", "base": "https://example.org/"}',
            "made by rncp_ld 0.0.1 with layout None; this version reads",
        ),
        ('{"rncp_ld": "9.0", "layout": 9, "base": "https://example.org/"}', "made by rncp_ld 9.0 with layout 9"),
        ('{"layout": 1, "base": "https://example.org/", "exported": "hier"}', "incomplete"),
        ("[]", "incomplete"),
        ("{", "incomplete"),
    ],
)
def test_a_publication_of_another_version_is_not_read(content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "publication.json").write_text(content)
    with pytest.raises(PublicationError, match=said):
        read_facts(tmp_path)


def test_builds_end_in_the_middle_and_the_publication_stays(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A truncated source, a planted exception, a check that refuses, a fiche without number: in each stage."""
    before = bytes_of(published)
    truncated = tmp_path / "tronque.xml"
    truncated.write_text(export(fiche("RNCP1"), fiche("RNCP2"))[:-40], encoding="utf-8")
    with pytest.raises(SourceError):
        build([str(truncated)], published, Options())
    assert bytes_of(published) == before

    numberless = tmp_path / "sans.xml"
    numberless.write_text(export(fiche("../../x")), encoding="utf-8")
    with pytest.raises(NoFicheError, match="NUMERO-INVALIDE"):
        build([str(numberless)], published, Options())
    assert bytes_of(published) == before

    good = str(write_export(tmp_path, fiche("RNCP7")))
    for stage in STAGES:
        with monkeypatch.context() as patch:
            patch.setattr(f"rncp_ld.pipeline.{stage}", planted)
            with pytest.raises(CheckError, match="planted"):
                build([good], published, Options())
        assert bytes_of(published) == before, stage
    build([good], published, Options())
    assert bytes_of(published) != before


def planted(*_: object, **__: object) -> None:
    raise CheckError("planted")


WRITTEN = (
    "*-00000.nt", "fiche-*.nt", "fiche-*.gz", "fiche-*.edges", "rncp.nt.gz", "catalog.ttl", "shared.pickle", "found.pickle",
    "report.ttl", "ledger.nt", "kept.pickle", "publication.json", "report.json",
)  # fmt: skip
"""Files that a build writes, some of each stage."""


def test_a_full_disk_in_any_stage_is_said_and_the_publication_stays(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bytes_of(published)
    good = write_export(tmp_path, fiche("RNCP7"))
    whole = Path.open
    met: list[str] = []
    for name in WRITTEN:

        def full(path: Path, mode: str = "r", *args: object, _name: str = name, **kwargs: object) -> object:
            if fnmatch(path.name, _name) and "w" in mode:
                met.append(_name)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            return whole(path, mode, *args, **kwargs)  # type: ignore[call-overload]

        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", full)
            outcome = run("build", good, "-o", published)
        said = f"rncp-ld: {published}: no space left on the disk; the last publication is unchanged\n"
        assert (outcome.code, outcome.err) == (3, said), name
        assert bytes_of(published) == before, name
    assert met == list(WRITTEN)


SCRIPT = """
set -e
mount -t tmpfs -o size={size} tmpfs {disk}
{python} -m rncp_ld build {source} -o {disk}/build && code=0 || code=$?
find {disk}/build/publications -mindepth 1
exit $code
"""


@pytest.mark.parametrize("size", ["600k", "1600k", "3m"])
def test_a_disk_that_is_really_full(size: str, tmp_path: Path, own_mounts: list[str]) -> None:
    """A small disk in memory, in a mount namespace of its own; it is full in the store, the dumps or the pages."""
    disk = tmp_path / "disk"
    disk.mkdir()
    source = write_export(tmp_path, fiche("RNCP1"))
    script = SCRIPT.format(size=size, disk=disk, python=sys.executable, source=source)
    done = subprocess.run([*own_mounts, script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, ""), done.stderr
    assert done.stderr == f"rncp-ld: {disk}/build: no space left on the disk; the last publication is unchanged\n"
