"""The command line by its table of exit codes; what each command prints, and that its output can be read back."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

from rncp_ld import __version__
from rncp_ld.cli import main
from tests.command import Outcome, run, spawn
from tests.exports import export, fiche, write_export, write_zip

SELECT = (
    "SELECT ?code WHERE { ?c a <https://w3id.org/rncp/def#Certification> ; <https://w3id.org/rncp/def#code> ?code }"
)
NO_TITLE = fiche("RNCP3", "")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of sources: good, with a fiche without title, cut off in its middle; and an empty folder."""
    folder = tmp_path_factory.mktemp("files")
    write_export(folder, fiche("RNCP1", "Un"), fiche("RNCP2", "Deux")).rename(folder / "bon.xml")
    (folder / "violation.xml").write_text(export(fiche("RNCP1"), NO_TITLE), encoding="utf-8")
    (folder / "tronque.xml").write_text(export(fiche("RNCP1"), fiche("RNCP2"))[:-60], encoding="utf-8")
    (folder / "vide").mkdir()
    return folder


TABLE = [
    # done
    (0, "build bon.xml -o {out}"),
    (0, "check bon.xml"),
    (0, "check bon.xml --format json"),
    (0, "convert bon.xml"),
    (0, "query --list"),
    (0, "query @fiche --build {seed}"),
    (0, "--version"),
    (0, "--help"),
    (0, "build -h"),
    # done, and a fiche has a violation
    (1, "build violation.xml -o {out}"),
    (1, "check violation.xml"),
    (1, "convert violation.xml"),
    # wrong usage
    (2, ""),
    (2, "build"),
    (2, "frobnicate"),
    (2, "build bon.xml --frobnicate"),
    (2, "build bon.xml -o {out} --base-iri ftp://example.org/"),
    (2, "check bon.xml --base-iri https://example.org/rncp"),
    (2, "check bon.xml --format xml"),
    (2, "convert bon.xml --format rdf"),
    (2, "query --build {seed}"),
    (2, "query @nope --build {seed}"),
    (2, "query @fiche numero=RNCP1 --build {seed}"),
    (2, "query @fiche RNCP1 --build {seed}"),
    (2, "query =x --build {seed}"),
    (2, "query SELECT --build {seed}"),
    (2, "query none.rq --build {seed}"),
    (2, "query @fiche --format ttl --build {seed}"),
    (2, "serve {seed} --port 70000"),
    (2, "push --build {seed}"),
    (2, "push --build {seed} --graph-store localhost:7878"),
    (2, "push --build {seed} --graph-store http://127.0.0.1:1/ --graph rncp"),
    # a source, the output or a publication failed
    (3, "build none.xml -o {out}"),
    (3, "build vide -o {out}"),
    (3, "build tronque.xml -o {out}"),
    (3, "build bon.xml -o bon.xml"),
    (3, "build bon.xml -o ."),
    (3, "build --keep-going bon.xml tronque.xml -o {out}"),
    (3, "check tronque.xml"),
    (3, "check bon.xml none.xml"),
    (3, "convert tronque.xml"),
    (3, "convert --keep-going tronque.xml bon.xml"),
    (3, "convert bon.xml -o none/out.ttl"),
    (3, "query @fiche --build none"),
    (3, "serve none"),
]


@pytest.fixture
def among_files(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in the folder of sources; without pages, which are not the point here and take most of the time."""
    monkeypatch.chdir(files)


@pytest.mark.usefixtures("among_files")
@pytest.mark.parametrize(("code", "line"), TABLE, ids=[line or "(nothing)" for _, line in TABLE])
def test_exit_codes(code: int, line: str, tmp_path: Path, seed_build: Path) -> None:
    outcome = run(*line.format(out=tmp_path / "out", seed=seed_build).split())
    assert outcome.code == code, outcome
    assert "Traceback" not in outcome.err
    assert code == 0 or outcome.err
    assert code != 3 or re.search("^rncp-ld: ", outcome.err, re.MULTILINE)


def test_the_version() -> None:
    assert run("--version").out == f"rncp-ld, version {__version__}\n"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_help_of_each_command_has_examples_q_and_v(name: str) -> None:
    text = run(name, "--help").out
    examples = re.findall(rf"^    rncp-ld {name} .+$", text, re.MULTILINE)
    assert examples, text
    assert "-q, --quiet" in text
    assert "-v, --verbose" in text


@pytest.fixture(scope="module")
def checked(files: Path) -> dict[str, Outcome]:
    return {form: run("check", files / "violation.xml", "--format", form) for form in ("text", "json", "ttl")}


def test_check_as_text(checked: dict[str, Outcome], files: Path) -> None:
    form = re.compile(rf"{files}/violation\.xml(:\d+)?: (violation|warning|info) [A-Z-]+ (\[[^\]]+\] )?\S.*")
    lines = checked["text"].out.splitlines()
    assert lines
    assert all(form.fullmatch(line) for line in lines)
    assert [line for line in lines if ": violation TITRE-ABSENT [RNCP3 FICHE] Fiche sans intitulé" in line]
    assert "1 fiche fit to publish, 1 kept out, from 1 document" in checked["text"].err


def test_check_as_json(checked: dict[str, Outcome]) -> None:
    told = [json.loads(line) for line in checked["json"].out.splitlines()]
    always = ("code", "severity", "file", "line", "fiche", "path", "message", "excerpt")
    assert {tuple(one) for one in told} <= {always, (*always, "shape", "constraint", "focus")}
    assert {one["severity"] for one in told} >= {"violation", "warning"}
    assert len(told) == len(checked["text"].out.splitlines())


def test_check_as_turtle(checked: dict[str, Outcome]) -> None:
    graph = rdflib.Graph().parse(data=checked["ttl"].out, format="turtle")
    results = list(graph.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult))
    assert len(results) == len(checked["text"].out.splitlines())
    assert rdflib.Literal(False) in graph.objects(None, rdflib.SH.conforms)


def test_check_quiet_and_verbose(files: Path) -> None:
    """Diagnostics are what check is for: -q leaves out the summary alone."""
    quiet = run("check", files / "bon.xml", "-q")
    assert quiet.err == ""
    assert quiet.out == run("check", files / "bon.xml").out != ""
    said = run("check", files / "bon.xml", "-v").err
    assert re.search(r"^RNCP1: share read 100\.00% of \d+ characters$", said, re.MULTILINE)


def test_build_says_what_keeps_a_fiche_out_and_v_says_all(files: Path, tmp_path: Path) -> None:
    said = run("build", files / "violation.xml", "-o", tmp_path / "a")
    assert (said.code, said.out) == (1, "")
    assert ": violation TITRE-ABSENT" in said.err
    assert ": warning SHACL" not in said.err
    assert said.err.endswith(f"published: {tmp_path}/a/site (report: {tmp_path}/a/report.html)\n")
    assert ": warning SHACL" in run("build", files / "violation.xml", "-o", tmp_path / "a", "-v").err
    assert run("build", files / "bon.xml", "-o", tmp_path / "a", "-q").err == ""


def test_keep_going_publishes_what_was_read(files: Path, tmp_path: Path) -> None:
    (tmp_path / "autre.xml").write_text(export(fiche("RNCP7"), fiche("RNCP8"))[:-60], encoding="utf-8")
    said = run(
        "build",
        "--keep-going",
        tmp_path / "autre.xml",
        files / "bon.xml",
        tmp_path / "none.xml",
        "-o",
        tmp_path / "out",
        "-q",
    )
    assert said.code == 3
    first, second = said.err.splitlines()
    assert first.startswith(f"rncp-ld: not read: {tmp_path}/autre.xml:")
    assert "XML tronqué" in first
    assert second == f"rncp-ld: not read: {tmp_path}/none.xml: fichier introuvable"
    codes = run("query", SELECT, "--format", "csv", "--build", tmp_path / "out").out.split()
    assert sorted(codes[1:]) == ["RNCP1", "RNCP2", "RNCP7"]
    told = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert len(told["errors"]) == 2


@pytest.fixture(scope="module")
def converted(project: Path) -> dict[str, str]:
    source = project / "data" / "fiches" / "rncp2383.txt"
    return {form: run("convert", source, "--format", form).out for form in ("nt", "ttl", "jsonld")}


def test_the_three_forms_of_convert_hold_the_same_graph(converted: dict[str, str]) -> None:
    graphs = [
        set(rdflib.Graph().parse(data=converted[form], format=syntax))
        for form, syntax in (("nt", "nt"), ("ttl", "turtle"), ("jsonld", "json-ld"))
    ]
    assert graphs[0] == graphs[1] == graphs[2]
    assert len(graphs[0]) > 300


def test_convert_of_several_fiches(files: Path) -> None:
    for form, syntax in (("nt", "nt"), ("ttl", "turtle"), ("jsonld", "json-ld")):
        graph = rdflib.Graph().parse(data=run("convert", files / "bon.xml", "--format", form).out, format=syntax)
        assert len(list(graph.subjects(rdflib.RDF.type, rdflib.URIRef("https://w3id.org/rncp/def#Certification")))) == 2
    fiches = json.loads(run("convert", files / "bon.xml", "--format", "jsonld").out)
    assert [one["code"] for one in fiches] == ["RNCP1", "RNCP2"]


def test_convert_to_a_file_that_appears_whole_or_not_at_all(files: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.nt"
    assert run("convert", files / "bon.xml", "--format", "nt", "-o", target).code == 0
    before = target.read_bytes()
    assert run("convert", files / "tronque.xml", "--format", "nt", "-o", target).code == 3
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out.nt"]
    assert run("convert", files / "bon.xml", "-o", "/dev/null").code == 0


def test_convert_tells_on_stderr_what_it_left_out(files: Path) -> None:
    said = run("convert", files / "violation.xml", "--format", "nt")
    assert ": violation TITRE-ABSENT [RNCP3 FICHE]" in said.err
    assert "RNCP3" not in said.out
    kept_going = run("convert", "--keep-going", files / "tronque.xml", "--format", "nt")
    assert kept_going.err.startswith(f"rncp-ld: not read: {files}/tronque.xml:")
    assert "certification/RNCP1>" in kept_going.out


@pytest.mark.parametrize("form", ["text", "xml", "zip"])
def test_a_source_from_standard_input(form: str, files: Path, tmp_path: Path, project: Path) -> None:
    source = {
        "text": project / "data" / "fiches" / "rncp2383.txt",
        "xml": files / "bon.xml",
        "zip": write_zip(tmp_path / "e.zip", files / "bon.xml"),
    }[form]
    piped = spawn("convert", "-", "--format", "nt", stdin=source.read_bytes())
    assert (piped.code, piped.out) == (0, run("convert", source, "--format", "nt").out)


def test_nothing_on_standard_input() -> None:
    assert run("check", "-", stdin=b"").err == "rncp-ld: -: fichier vide\n"


def test_a_list_of_questions() -> None:
    text = run("query", "--list").out
    assert len(re.findall(r"^@", text, re.MULTILINE)) == 28
    assert re.search(r"^@rome-vae +Quelles certifications actives .*\n +rome=K1205 ", text, re.MULTILINE)


def test_query_by_text_file_and_name(seed_build: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(SELECT, encoding="utf-8")
    for query in (SELECT, tmp_path / "mine.rq"):
        assert run("query", query, "--format", "csv", "--build", seed_build).out == "code\nRNCP2383\n"
    closed = run("query", "@voies-fermees", "--format", "csv", "--build", seed_build).out
    assert [row[0] for row in csv.reader(io.StringIO(closed))] == ["code_voie", "CL", "FI"]
    assert run("query", "@voies-fermees", "fiche=RNCP1", "--format", "csv", "--build", seed_build).out.count("\n") == 1


def test_a_value_that_would_be_query_text_is_a_value(seed_build: Path) -> None:
    attempt = '" } ?s ?p ?o . VALUES ?x { "'
    assert (
        run("query", "@competences-mot", f"mot={attempt}", "--format", "csv", "--build", seed_build).out.count("\n")
        == 1
    )
    assert run("query", "@voies-fermees", f"fiche=RNCP2383{attempt}", "--build", seed_build).code == 2


@pytest.fixture(scope="module")
def moved(files: Path, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("moved") / "build"
    sources = (project / "data" / "fiches", files / "bon.xml")
    assert run("build", *sources, "-o", out, "--base-iri", "https://example.org/data/rncp/").code == 0
    return out


def test_another_base_moves_every_iri(moved: Path) -> None:
    site = moved / "site"
    plain = [path for path in sorted(site.rglob("*")) if path.is_file() and path.suffix != ".gz"]
    assert [str(path.relative_to(site)) for path in plain if b"w3id.org/rncp" in path.read_bytes()] == []
    ours = "https://example.org/data/rncp/"
    whole = run("query", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "--format", "ttl", "--build", moved).out
    assert "w3id.org/rncp" not in whole
    for name, subject in (
        ("def.ttl", f"{ours}def"),
        ("shapes.ttl", f"{ours}shapes"),
        ("catalog.ttl", f"{ours}dataset"),
    ):
        graph = rdflib.Graph().parse(site / name, format="turtle")
        assert (rdflib.URIRef(subject), None, None) in graph


def test_questions_are_asked_under_the_base_of_the_publication(moved: Path, seed_build: Path) -> None:
    there = run("query", "@fiche", "--format", "csv", "--build", moved).out
    here = run("query", "@fiche", "--format", "csv", "--build", seed_build).out
    assert there == here.replace("https://w3id.org/rncp/", "https://example.org/data/rncp/")
    assert "RNCP2383" in there


@pytest.mark.parametrize(
    "line",
    [
        "convert --format nt {source}",
        "convert --format jsonld {source}",
        "check {source} -q",
        "query --format csv 'SELECT * {{ ?s ?p ?o }}' --build {seed}",
        "query --list",
        "--help",
    ],
)
def test_a_reader_that_leaves_early_gives_no_traceback(line: str, project: Path, seed_build: Path) -> None:
    """`rncp-ld … | head -1`: the pipe is closed before all is written."""
    source = project / "data" / "fiches"
    command = f"{sys.executable} -m rncp_ld {line.format(source=source, seed=seed_build)} | head -c 20"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert (len(done.stdout), done.stderr) == (20, b"")


def test_a_full_standard_output_is_said(project: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "rncp_ld", "convert", str(project / "data" / "fiches")],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (3, "rncp-ld: No space left on device\n")


def test_a_terminal_that_cannot_show_french_gives_no_traceback(project: Path) -> None:
    said = spawn("check", project / "data" / "fiches", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert (said.code, "Traceback" in said.err) == (0, False)


@pytest.mark.parametrize(("name", "does"), [("build", "Publish"), ("check", "Check"), ("convert", "Convert")])
def test_help_says_what_each_command_does_with_what_could_be_read(name: str, does: str) -> None:
    text = " ".join(run(name, "--help").out.split())
    assert f"--keep-going {does} what could be read although a source could not (exit 3)." in text


def test_help_of_check_says_what_q_leaves_out() -> None:
    assert "-q, --quiet Diagnostics only, without the summary." in " ".join(run("check", "--help").out.split())


def test_no_fiche_is_fit_exit_1_as_documented(project: Path, tmp_path: Path) -> None:
    source = write_export(tmp_path, NO_TITLE)
    said = run("build", source, "-o", tmp_path / "out")
    assert (said.code, "the last publication is unchanged" in said.err) == (1, True)
    assert "| 1 | " in (text := (project / "docs" / "cli.md").read_text(encoding="utf-8"))
    assert "Where no fiche is fit, nothing is published and the last publication is kept |" in text
