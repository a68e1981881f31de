"""Lists of codes on the command line: pages of codes that no fiche uses, what names the lists, and what does not change with them."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from rncp_ld.errors import NoFicheError
from rncp_ld.model.register import UndescribedKind
from rncp_ld.pipeline import Options, build, check, convert
from rncp_ld.publish.pages.literals import NBSP, write_date
from rncp_ld.publish.report import Report
from rncp_ld.rdf.terms import text_of
from tests.command import run
from tests.exports import Element, export, fiche
from tests.nomenclatures import SERIES, descriptor, formacode, idcc, rome_4

CODES: dict[str, Element] = {
    "CODES_ROME": {"ROME": [{"CODE": "A1206", "LIBELLE": "Paysagiste"}, {"CODE": "A1298", "LIBELLE": "Nulle part"}]},
    "SI_JURY_VAE": {"ACTIF": "Oui", "COMPOSITION": "Trois personnes."},
    "FORMACODES": {"FORMACODE": [{"CODE": "31089", "LIBELLE": "Développement mobile"}]},
}
LISTS = {
    "rome_v460_2026-09-01.csv": rome_4("A1206;Concepteur / Conceptrice paysagiste;F1101", "A1209;Élagueur;A1201"),
    "formacode.csv": formacode(descriptor("31089", "MCP"), descriptor("31090", "web")),
    "idcc.csv": idcc("18;OPCO 2i;Industries textiles;"),
}


def write_sources(folder: Path, lists: dict[str, str] | None = None) -> list[str]:
    folder.mkdir(exist_ok=True)
    (folder / "export_2026-08-16.xml").write_text(export(fiche("RNCP1", "Paysagiste", **CODES)), encoding="utf-8")
    for name, text in (LISTS if lists is None else lists).items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(str(path) for path in folder.iterdir())


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    build(write_sources(folder / "sources"), folder / "build", Options())
    return folder / "build"


def page(output: Path, path: str) -> str:
    return (output / "site" / path).read_text(encoding="utf-8")


def test_a_code_that_no_fiche_uses_has_its_page(output: Path) -> None:
    for path, label in (
        ("rome/A1209", "Élagueur"),
        ("formacode/31090", "web"),
        ("convention/idcc-18", "Industries textiles"),
    ):
        assert f"<h1>{label}</h1>" in page(output, f"{path}.html")
        assert f'skos:prefLabel "{label}"@fr' in page(output, f"{path}.ttl")
        assert (output / "site" / f"{path}.jsonld").is_file()
    assert "A1209.html" in page(output, "rome/index.html")


def test_a_job_shows_its_domain_and_its_parent_and_the_parent_shows_it(output: Path) -> None:
    job = page(output, "rome/A1206.html")
    assert 'href="../rome/A12.html"' in job
    assert 'href="../rome/F1101.html"' in job
    trail = job.partition('aria-label="Fil')[2].partition("</nav>")[0]
    assert "A12.html" in trail
    assert "F1101.html" not in trail
    assert 'href="../rome/A1206.html"' in page(output, "rome/F1101.html")


def test_a_question_about_a_job_finds_what_leads_to_those_below_it(output: Path) -> None:
    found = run("query", "@rome-vae", "rome=F1101", "--build", output, "--format", "csv")
    assert [line.partition(",")[0] for line in found.out.splitlines()[1:]] == ["RNCP1"]


def test_a_code_that_the_list_lacks_is_named_only(output: Path) -> None:
    assert "a rncp:UndescribedResource" in page(output, "rome/A1298.ttl")
    report = json.loads((output / "report.json").read_text(encoding="utf-8"))
    (said,) = [d for d in report["diagnostics"] if d["code"] == "CODE-INCONNU"]
    assert (said["fiche"], said["path"]) == ("RNCP1", f"{UndescribedKind.ROME.value}/A1298")


def test_a_code_has_one_preferred_label_and_says_where_the_other_one_comes_from(output: Path) -> None:
    code = page(output, "formacode/31089.ttl")
    assert code.count("skos:prefLabel") == 1
    assert 'skos:prefLabel "Développement mobile"@fr' in code
    assert 'skos:historyNote "« MCP » : libellé du Formacode, édition sans numéro ni date."@fr' in code
    assert "topConceptOf" not in code  # exports say nothing of its place, and what the list says is of another thing


def test_report_catalogue_and_home_page_name_the_lists_with_their_editions(output: Path) -> None:
    documents = json.loads((output / "report.json").read_text(encoding="utf-8"))["documents"]
    assert [(Path(d["name"]).name, d["series"], d["date"], d["version"]) for d in documents] == [
        ("export_2026-08-16.xml", "xml-v4-1", "2026-08-16", None),
        ("formacode.csv", "formacode", None, None),
        ("idcc.csv", "idcc", None, None),
        ("rome_v460_2026-09-01.csv", "rome-4-0", "2026-09-01", "V460"),
    ]
    assert f"édition{NBSP}V460, {write_date('2026-09-01')}" in page(output, "index.html")
    catalogue = page(output, "catalog.ttl")
    assert 'dcat:version "V460"' in catalogue
    assert "<https://w3id.org/rncp/source/rome-4-0>" in catalogue


def test_the_date_of_a_list_is_not_the_date_of_the_data(output: Path) -> None:
    assert 'dcterms:modified "2026-08-16"^^xsd:date' in page(output, "catalog.ttl")
    assert "2026-09-01" not in page(output, "rome/A1209.html")


def contents(output: Path) -> dict[str, bytes]:
    site = output / "site"
    return {
        str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.suffix in {".ttl", ".html"}
    }


def test_the_order_of_the_sources_changes_nothing(tmp_path: Path, output: Path) -> None:
    sources = write_sources(tmp_path / "sources")
    build(sources[::-1], tmp_path / "build", Options())
    assert contents(tmp_path / "build") == contents(output)


def test_a_new_edition_changes_the_codes_that_it_changes_and_no_others(tmp_path: Path, output: Path) -> None:
    """Next month's list has another name, date and number; what it says of a code is mostly the same."""
    lists = {**LISTS, "rome_v461_2026-10-01.csv": LISTS["rome_v460_2026-09-01.csv"].replace("Élagueur", "Grimpeur")}
    del lists["rome_v460_2026-09-01.csv"]
    build(write_sources(tmp_path / "sources", lists), tmp_path / "build", Options())
    before, after = contents(output), contents(tmp_path / "build")
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert {name for name in changed if name.startswith("rome/") and name.endswith(".ttl")} - {"rome/A1209.ttl"} == {
        name
        for name in changed
        if name.startswith("rome/") and "ne figure plus" in after[name].decode() and name.endswith(".ttl")
    }
    assert "rome/A1206.ttl" not in changed
    assert "certification/RNCP1.html" not in changed


def test_without_the_list_the_next_day_the_codes_stay(tmp_path: Path) -> None:
    """That a list is missing withdraws no code; the ledger keeps its label."""
    folder, out = tmp_path / "sources", tmp_path / "build"
    build(write_sources(folder), out, Options())
    build([str(folder / "export_2026-08-16.xml")], out, Options())
    code = page(out, "formacode/31090.ttl")
    assert 'skos:prefLabel "web"@fr' in code
    assert "Withdrawn" not in code


def test_a_list_alone_is_checked_and_converted_and_no_register(tmp_path: Path) -> None:
    path = tmp_path / "rome_v470.csv"
    path.write_text(SERIES["rome-4-0"][0], encoding="utf-8")
    assert not check([str(path)], Options()).has_violations
    with pytest.raises(NoFicheError, match="no fiche is fit to publish"):
        build([str(path)], tmp_path / "build", Options())
    ((scheme, triples),) = convert([str(path)], Options(), Report())
    assert scheme == "<https://w3id.org/rncp/scheme/rome>"
    assert {text_of(s).rpartition("/")[2] for s, _, _ in triples} >= {"A1201", "A1206", "A12", "A", "F1101"}


@pytest.mark.parametrize("order", [1, -1])
def test_convert_gives_a_code_one_label_wherever_the_list_stands(tmp_path: Path, order: int) -> None:
    sources = write_sources(tmp_path / "sources", {"formacode.csv": LISTS["formacode.csv"]})[::order]
    triples = {triple for _, some in convert(sources, Options(), Report()) for triple in some}
    labels = [text_of(o) for s, p, o in triples if s.endswith("formacode/31089>") and p.endswith("prefLabel>")]
    assert labels == ["Développement mobile"]
    assert any(s.endswith("formacode/31090>") for s, _, _ in triples)


def test_a_list_that_ends_too_early_ends_the_run_and_says_where(tmp_path: Path) -> None:
    sources = write_sources(tmp_path / "sources", {"rome_v460.csv.gz": ""})
    path = tmp_path / "sources" / "rome_v460.csv.gz"
    path.write_bytes(gzip.compress((LISTS["rome_v460_2026-09-01.csv"] + "A1210;Cou").encode()))
    ended = run("check", *sources)
    assert ended.code == 3
    assert f"{path}!rome_v460.csv:4: table tronquée : 3 colonnes attendues, 2 lues" in ended.err
    assert "Traceback" not in ended.err
    going = run("check", "--keep-going", *sources)
    assert going.code == 3
    assert "1 fiche fit to publish" in going.err


def test_a_dated_formacode_of_after_the_export_makes_a_missing_code_known_as_such(tmp_path: Path) -> None:
    lists = {"formacode_2026-08-20.csv": formacode(descriptor("31090", "web"))}
    report = check(write_sources(tmp_path / "sources", lists), Options())
    assert [d.path for d in report.diagnostics if d.code == "CODE-INCONNU"] == ["formacode/31089", "rome/A1298"]
    assert date(2026, 8, 20) in {document.date for document in report.documents}
