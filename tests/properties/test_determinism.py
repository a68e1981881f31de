"""Same input, same bytes: whatever the hash seed, the order of sources, the time zone, the place, or what was built before."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest

from rncp_ld.pipeline import Options, build
from tests.command import spawn
from tests.exports import fiche, write_export, write_zip

NAMED = {
    "catalog.html", "catalog.ttl", "catalog.jsonld", "dataset.html", "dataset.ttl", "dataset.jsonld",
    ".well-known/void", "index.html",
}  # fmt: skip
"""Where the names and dates of the source files stand; the date of the export is on every HTML page too."""

PEOPLE = {
    "CERTIFICATEURS": {"CERTIFICATEUR": [{"NOM_CERTIFICATEUR": name} for name in ("École", "ECOLE", "Écoles")]},
    "CODES_ROME": {"ROME": [{"CODE": code, "LIBELLE": f"Métier {code}"} for code in ("K1205", "M1805", "K1201")]},
}


def files_of(site: Path) -> Mapping[str, bytes]:
    """Return every file of a site; of a `.gz`, the content (the compressed bytes too are the same with one zlib)."""
    found = {}
    for path in sorted(site.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            name = str(path.relative_to(site))
            found[name] = gzip.decompress(data) if path.suffix == ".gz" else data
    return found


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> set[str]:
    """Return the names of the files that are not the same."""
    return {name for name in {*one, *other} if one.get(name) != other.get(name)}


def test_hash_seed_order_of_sources_time_zone_locale_and_place(
    real_build: Path, project: Path, exports: tuple[Path, ...], tmp_path: Path
) -> None:
    sources = [project / "data" / "fiches", *exports[::-1]]
    env = {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONUTF8": "0"}
    done = spawn("build", *sources, "-o", tmp_path / "build", "-q", cwd=tmp_path, env=env)
    assert (done.code, done.err) == (0, "")
    assert differing(files_of(real_build / "site"), files_of(tmp_path / "build" / "site")) == set()
    assert (tmp_path / "build" / "ledger.nt").read_bytes() == (real_build / "ledger.nt").read_bytes()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, project: Path) -> tuple[Path, list[str]]:
    """An export and the seed, published once; and the two sources."""
    folder = tmp_path_factory.mktemp("small")
    source = write_export(folder, fiche("RNCP1", "Un", **PEOPLE), fiche("RNCP2", "Deux", **PEOPLE))
    sources = [str(source), str(project / "data" / "fiches")]
    build(sources, folder / "build", Options())
    return folder / "build", sources


def test_a_second_build_over_the_first(small: tuple[Path, list[str]]) -> None:
    out, sources = small
    before, ledger = files_of(out / "site"), (out / "ledger.nt").read_bytes()
    build(sources, out, Options())
    assert differing(before, files_of(out / "site")) == set()
    assert (out / "ledger.nt").read_bytes() == ledger


def test_a_zip_and_what_is_in_it(small: tuple[Path, list[str]], tmp_path: Path) -> None:
    out, (source, seed) = small
    packed = write_zip(tmp_path / "export-fiches-rncp-v4-1-2026-08-16.zip", Path(source))
    build([seed, str(packed)], tmp_path / "build", Options())
    assert differing(files_of(out / "site"), files_of(tmp_path / "build" / "site")) <= NAMED
    named = files_of(tmp_path / "build" / "site")["catalog.ttl"].decode()
    assert "export-fiches-rncp-v4-1-2026-08-16.zip!export_fiches_RNCP_V4_1_2026-08-16.xml" in named


@pytest.mark.parametrize("folders", [("a", "b"), ("b", "a")])
def test_the_folders_on_the_disk_do_not_show(
    folders: tuple[str, str], small: tuple[Path, list[str]], tmp_path: Path
) -> None:
    out, (source, seed) = small
    for folder, path in zip(folders, (Path(source), *Path(seed).iterdir()), strict=True):
        (tmp_path / "sources" / folder).mkdir(parents=True)
        (tmp_path / "sources" / folder / path.name).write_bytes(path.read_bytes())
    build([str(tmp_path / "sources")], tmp_path / "build", Options())
    assert differing(files_of(out / "site"), files_of(tmp_path / "build" / "site")) == set()


def test_the_next_day_s_export_of_the_same_fiches_changes_no_data(
    small: tuple[Path, list[str]], tmp_path: Path
) -> None:
    """Provenance that does not churn: a fiche that did not change has the same Turtle and JSON-LD tomorrow."""
    out, (source, seed) = small
    tomorrow = write_export(
        tmp_path, fiche("RNCP1", "Un", **PEOPLE), fiche("RNCP2", "Deux", **PEOPLE), day="2026-08-17"
    )
    assert tomorrow.read_bytes() == Path(source).read_bytes()
    build([str(tomorrow), seed], tmp_path / "build", Options())
    changed = differing(files_of(out / "site"), files_of(tmp_path / "build" / "site"))
    assert {name for name in changed if not name.endswith(".html")} <= NAMED
    assert "catalog.ttl" in changed


def test_the_comparison_can_fail() -> None:
    assert differing({"a": b"1", "b": b"2"}, {"a": b"1", "b": b"3", "c": b""}) == {"b", "c"}
