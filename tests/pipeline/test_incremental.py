"""A build on top of another one gives the same bytes as one that does everything anew, on whatever hands."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from rncp_ld import pipeline
from rncp_ld.pipeline import Options
from rncp_ld.work import Workers
from rncp_ld.work.executors import processes
from tests.exports import Element, fiche, write_export

DAYS = ("2026-08-16", "2026-08-17", "2026-08-18")


def partner(siret: str, name: str) -> dict[str, Element]:
    return {"SIRET_PARTENAIRE": siret, "NOM_PARTENAIRE": name, "HABILITATION_PARTENAIRE": "HABILITATION_FORMER"}


def register(day: int) -> list[str]:
    """Return the fiches of a day: titles, states, partners, blocs, successions and codes change, fiches come and go."""
    rome: dict[str, Element] = {"ROME": [{"CODE": "M1805", "LIBELLE": "Études et développement informatique"}]}
    fiches = [fiche(f"RNCP{3000 + n}", f"Titre {n}", CODES_ROME=rome) for n in range(30)]
    if day == 0:
        fiches += [fiche("RNCP10", "Qui s'en va"), fiche("RNCP12", "Stable", CODES_ROME=rome)]
        fiches += [
            fiche("RNCP35400", "Médiateur", PARTENAIRES={"PARTENAIRE": [partner("11004401300040", "Ministère")]})
        ]
    else:
        fiches[3] = fiche("RNCP3003", "Un autre titre", CODES_ROME=rome)
        fiches[4] = fiche("RNCP3004", "Titre 4", ACTIF="Non", CODES_ROME=rome)
        fiches += [fiche("RNCP12", "Stable", CODES_ROME=rome), fiche("RNCP99", "Nouvelle", CODES_ROME=rome)]
        fiches += [
            fiche("RNCP35400", "Médiateur", PARTENAIRES={"PARTENAIRE": [partner("11004401300040", "Le ministère")]})
        ]
    if day == 2:
        bloc: Element = {"CODE": "RNCP12BC01", "LIBELLE": "Un bloc", "LISTE_COMPETENCES": "Lire - Écrire"}
        fiches[-3] = fiche("RNCP12", "Stable", BLOCS_COMPETENCES={"BLOC_COMPETENCES": [bloc]})
        fiches[5] = fiche("RNCP3005", "Titre 5", NOUVELLES_CERTIFICATIONS={"CERTIFICATION": "RNCP99"})
        fiches[7:9] = []
    return fiches


def contents(out: Path) -> dict[str, bytes]:
    """Return every file of a site, and the ledger."""
    site = out / "site"
    found = {str(path.relative_to(site)): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}
    return {**found, "ledger.nt": (out / "ledger.nt").read_bytes()}


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folders = [tmp_path_factory.mktemp(f"day{number}") for number in range(3)]
    return [str(write_export(folder, *register(number), day=DAYS[number])) for number, folder in enumerate(folders)]


def test_three_days_on_top_of_each_other_are_three_days_anew(days: list[str], tmp_path: Path) -> None:
    grown, anew = tmp_path / "grown", tmp_path / "anew"
    for source in days:
        pipeline.build([source], grown, Options())
        shutil.rmtree(anew / "cache", ignore_errors=True)
        pipeline.build([source], anew, Options())
        assert contents(grown) == contents(anew)
    assert "certification/RNCP10.gone" in contents(grown)


def test_what_did_not_change_is_the_same_file(days: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    for source in days[:2]:
        pipeline.build([source], out, Options())
    before, now = (out / "publications" / number / "site" / "certification" for number in "12")
    assert (before / "RNCP3009.html").samefile(now / "RNCP3009.html")
    assert "Page inchangée depuis l’export du <time" in (now / "RNCP3009.html").read_text(encoding="utf-8")
    assert 'datetime="2026-08-16"' in (now / "RNCP3009.html").read_text(encoding="utf-8")
    assert 'datetime="2026-08-17"' in (now / "RNCP3003.html").read_text(encoding="utf-8")


def test_a_damaged_cache_is_as_good_as_none(days: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    pipeline.build([days[0]], out, Options())
    expected = contents(out)
    (out / "cache" / "1" / "kept.pickle").write_bytes(b"\x80\x05nothing")
    pipeline.build([days[0]], out, Options())
    assert contents(out) == expected


@pytest.mark.parametrize("folder", ["fiches", "links", "parts", "edges"])
def test_a_cache_that_lacks_a_file_is_as_good_as_none(days: list[str], tmp_path: Path, folder: str) -> None:
    out = tmp_path / "out"
    pipeline.build([days[0]], out, Options())
    expected = contents(out)
    next((out / "cache" / "1" / folder).iterdir()).unlink()
    pipeline.build([days[0]], out, Options())
    assert contents(out) == expected


def test_processes_give_the_same_bytes(days: list[str], tmp_path: Path) -> None:
    hands = Workers(partial(processes, 2), 2, partial(processes, 1), small=0)
    try:
        pipeline.build([days[0]], tmp_path / "two", Options(workers=hands))
    finally:
        hands.close()
    pipeline.build([days[0]], tmp_path / "one", Options())
    assert contents(tmp_path / "two") == contents(tmp_path / "one")


def test_a_dask_cluster_gives_the_same_bytes_though_a_worker_is_killed(days: list[str], tmp_path: Path) -> None:
    """A real cluster of two processes, of which one ends in the middle."""
    distributed = pytest.importorskip("distributed")
    from rncp_ld.work.dask_cluster import connect

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
        hands = connect(cluster.scheduler_address, small=0)
        told: list[str] = []

        def kill_one(stage: str, _: int) -> None:
            if not told:
                next(iter(cluster.workers.values())).process.process.kill()
            told.append(stage)

        pipeline.build([days[0]], tmp_path / "cluster", Options(workers=hands, progress=kill_one))
        hands.close()
    pipeline.build([days[0]], tmp_path / "one", Options())
    assert told
    assert contents(tmp_path / "cluster") == contents(tmp_path / "one")
