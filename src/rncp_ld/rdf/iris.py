"""The only place that mints IRIs. The rules and the table of kinds are in `docs/iris.md`.

Segments and fragments are made of `[A-Za-z0-9_-]`, so that a file's name equals the IRI's path. Every method returns
N-Triples text (`<…>`). Two different keys never share an IRI: what a slug would confuse carries a hash.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum

from pyoxigraph import NamedNode

from rncp_ld.model.codes import NAMED_TYPES, Register, Route, SourceSeries, fiche_of_block, is_own_block, parse_nsf
from rncp_ld.model.fiche import CompetenceBlock, Fiche, Organisation, Partnership
from rncp_ld.model.legal import ActId, CodeArticle
from rncp_ld.model.slug import hash8, slug
from rncp_ld.resources import DEFAULT_BASE

_SEGMENT = re.compile(r"[A-Za-z0-9_-]{1,80}")
_BASE = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?/([A-Za-z0-9._~-]+/)*")
_INDEX = re.compile(r"index(-[0-9]+)?", re.IGNORECASE)
"""Names of the index pages of a kind: no resource may have one."""
_OWNED = re.compile(r"(?:certification|partenariats|bloc)/((?:RNCP|RS)[1-9][0-9]*)(?=[>#]|BC[0-9]|-)")
# Signs that a slug drops without changing what a name says; any other sign ("+", "#", another script) needs a hash.
_QUIET = re.compile(r"[\w\s.,;:'’‘`´\"“”«»()\[\]/&°–—-]*")


class Terms:
    """Our ontology's terms by name: `terms.hasBlock` is `<https://w3id.org/rncp/def#hasBlock>`."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace

    def __getattr__(self, name: str) -> str:
        """Make the term once, then keep it as an attribute."""
        if name.startswith("__"):
            raise AttributeError(name)
        term = f"<{self._namespace}{name}>"
        self.__dict__[name] = term
        return term


def segment(text: str) -> str:
    """Return a text of our own making (a key, a slug, an article) as an IRI's segment: as it is where it fits.

    >>> segment("R338-6"), segment("L. 335 5")
    ('R338-6', 'l-335-5')
    """
    fits = _SEGMENT.fullmatch(text) is not None
    plain = text if fits else slug(text)
    quiet = fits or _QUIET.fullmatch(text) is not None
    return plain if quiet and not _INDEX.fullmatch(plain) else f"{plain}-{hash8(text)}"


def code_segment(code: str) -> str:
    """Return a source's code as an IRI's segment: as it is where it fits and no other code could share its file.

    Codes are written in capitals and digits; one with small letters or other signs, unless it is a known type, carries a
    hash, so that "TP" and "Tp" are two files on a disk that folds case too.

    >>> code_segment("TP"), code_segment("Grade_Master"), code_segment("BAC PRO"), code_segment("Tp")
    ('TP', 'Grade_Master', 'bac-pro', 'tp-6217bfa6')
    """
    known = code in NAMED_TYPES
    if _SEGMENT.fullmatch(code) and (known or code == code.upper()) and not _INDEX.fullmatch(code):
        return code
    return slug(code) if known else f"{slug(code)}-{hash8(code)}"


def organisation_key(organisation: Organisation) -> str:
    """Return what identifies an organisation: `siret-…`, else `nom-…` by its name.

    Spellings that differ only by case, accents and punctuation are one name.

    >>> organisation_key(Organisation("Ministère de l'Éducation"))
    'nom-ministere-de-l-education'
    """
    if organisation.siret:
        return f"siret-{organisation.siret}"
    plain = slug(organisation.name)
    if not _QUIET.fullmatch(organisation.name) and not plain.endswith(hash8(organisation.name)):
        plain = f"{plain}-{hash8(' '.join(organisation.name.split()).casefold())}"
    return f"nom-{plain}"


def block_keys(fiche: Fiche) -> list[str]:
    """Return what identifies each bloc of a fiche, in their order: its code where it is the fiche's own and unique in it."""
    codes = Counter(block.code for block in fiche.blocks)
    return [
        code_segment(block.code)
        if is_own_block(block.code, fiche.number) and codes[block.code] == 1
        else f"{fiche.number}-{slug(block.code or 'sans-code')}-{_row_hash(block.code, block.title, block.competences_text, *(c.title for c in block.competences))}"
        for block in fiche.blocks
    ]  # fmt: skip


def _row_hash(*values: object) -> str:
    """Hash what tells two rows of one key apart; values as the source means them, so that the IRI outlives our records."""
    return hash8("\x1f".join(str(value.value) if isinstance(value, Enum) else str(value) for value in values))


class Iris:
    """Mints every IRI below one base.

    Args:
        base: ends in "/", e.g. "https://w3id.org/rncp/" or "https://example.org/data/rncp/".

    Raises:
        ValueError: the base is no http(s) address that ends in "/".
    """

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        if not _BASE.fullmatch(base):
            raise ValueError(f'base IRI {base!r}: expected an http(s) address of plain segments that ends in "/"')
        self.base = base
        self.namespace = f"{base}def#"
        self.rncp = Terms(self.namespace)

    def path(self, path: str) -> str:
        """Return the IRI of a path below the base, already made of safe segments."""
        return f"<{self.base}{path}>"

    def certification(self, number: str) -> str:
        """`certification/RNCP2383`."""
        return f"<{self.base}certification/{number}>"

    def part(self, number: str, fragment: str) -> str:
        """`certification/RNCP2383#acces-VAE`: a part that lives on the certification's page."""
        return f"<{self.base}certification/{number}#{fragment}>"

    def fiche(self, number: str) -> str:
        """`certification/RNCP2383#fiche`: the document, not the certification."""
        return self.part(number, "fiche")

    def access(self, number: str, route: Route) -> str:
        """`certification/RNCP2383#acces-VAE`."""
        return self.part(number, f"acces-{route.value}")

    def mention(self, number: str, role: str, verbatim: str) -> str:
        """`certification/RNCP2383#mention-{role}-{hash8}`."""
        return self.part(number, f"mention-{role}-{hash8(verbatim)}")

    def block(self, fiche: Fiche, block: CompetenceBlock) -> str:
        """`bloc/RNCP2383BC01` where the code is the fiche's own and unique in it, else `bloc/{fiche}-{slug}-{hash}`."""
        return self.blocks(fiche)[fiche.blocks.index(block)]

    def blocks(self, fiche: Fiche) -> list[str]:
        """Return the IRIs of a fiche's blocs, in their order."""
        return [self.block_key(key) for key in block_keys(fiche)]

    def block_key(self, key: str) -> str:
        """`bloc/RNCP34305-bc04-1a2b3c4d`; `key` as `block_keys` makes it."""
        return f"<{self.base}bloc/{key}>"

    def block_code(self, code: str) -> str:
        """`bloc/RNCP14506BC04` for a code that a fiche cites."""
        return f"<{self.base}bloc/{code_segment(code)}>"

    def cited_block(self, code: str, fiche: str) -> str:
        """Return the IRI of a bloc that is cited as one of a fiche's.

        A well-formed code says itself whose it is; a bare one ("01") means nothing without its fiche.
        """
        if fiche_of_block(code):
            return self.block_code(code)
        return self.path(f"bloc/{fiche}-{slug(code or 'sans-code')}-{_row_hash(fiche, code)}")

    def competence(self, block: str, title: str) -> str:
        """`bloc/RNCP2383BC01#competence-{hash8}`; `block` is the bloc's IRI."""
        return f"{block[:-1]}#competence-{hash8(title)}>"

    def partnerships(self, number: str) -> str:
        """`partenariats/RNCP37873`, a page of its own."""
        return f"<{self.base}partenariats/{number}>"

    def partnership_parts(self, fiche: Fiche) -> list[str]:
        """Return the IRIs of a fiche's partnerships: `partenariats/RNCP37873#{siret or slug}-{habilitation}`.

        Rows that this would confuse (same partner and habilitation, other dates) carry a hash of the row.
        """
        keys = [self._partnership_key(p) for p in fiche.partnerships]
        counted: dict[str, int] = {}
        for key in keys:
            counted[key] = counted.get(key, 0) + 1
        page = self.partnerships(fiche.number)[:-1]
        return [
            f"{page}#{key}>"
            if counted[key] == 1
            else f"{page}#{key}-{_row_hash(p.organisation.name, p.status, p.active_since, p.status_date)}>"
            for key, p in zip(keys, fiche.partnerships, strict=True)
        ]

    @staticmethod
    def _partnership_key(partnership: Partnership) -> str:
        partner = partnership.organisation.siret or organisation_key(partnership.organisation)
        return f"{partner}-{partnership.habilitation.value if partnership.habilitation else 'sans-habilitation'}"

    def certifier_roles(self, fiche: Fiche) -> list[str]:
        """Return the IRIs of a fiche's rows of certifiers: `certification/RNCP2383#certificateur-{siret or slug}`."""
        keys = [c.organisation.siret or organisation_key(c.organisation) for c in fiche.certifiers]
        return [
            self.part(fiche.number, f"certificateur-{key}" if keys.count(key) == 1 else f"certificateur-{key}-{_row_hash(c.organisation.name, c.status, c.status_date)}")
            for key, c in zip(keys, fiche.certifiers, strict=True)
        ]  # fmt: skip

    def nsf(self, code: str) -> str:
        """`nsf/332t`."""
        return f"<{self.base}nsf/{code if parse_nsf(code) == code else code_segment(code)}>"

    def rome(self, code: str) -> str:
        """`rome/K1205`."""
        return f"<{self.base}rome/{code_segment(code)}>"

    def formacode(self, code: str) -> str:
        """`formacode/44028`."""
        return f"<{self.base}formacode/{code_segment(code)}>"

    def level(self, level: str) -> str:
        """`niveau/4`, `niveau/aucun`, `niveau/1969-IV`."""
        return f"<{self.base}niveau/{level}>"

    def certification_type(self, code: str) -> str:
        """`type/TP`, `type/licence-professionnelle`."""
        return f"<{self.base}type/{code_segment(code)}>"

    def route(self, route: Route) -> str:
        """`voie/VAE`."""
        return f"<{self.base}voie/{route.value}>"

    def register(self, register: Register) -> str:
        """`repertoire/rncp`."""
        return f"<{self.base}repertoire/{register.value.lower()}>"

    def agreement(self, number: str, *, is_idcc: bool) -> str:
        """`convention/idcc-1486`, or `convention/numero-3109` where the number may be another one than an IDCC."""
        return f"<{self.base}convention/{'idcc' if is_idcc else 'numero'}-{code_segment(number)}>"

    def concept(self, scheme: str, value: str) -> str:
        """`resolution/ambigue`, `role-legal/creation`: a concept of one of the small schemes of `ontology/schemes`."""
        return f"<{self.base}{scheme}/{value}>"

    def scheme(self, name: str) -> str:
        """`scheme/nsf`."""
        return f"<{self.base}scheme/{name}>"

    def source(self, series: SourceSeries) -> str:
        """`source/xml-v4-1`."""
        return f"<{self.base}source/{series.value}>"

    def organisation(self, key: str) -> str:
        """`organisation/siret-…`, `organisation/siren-…`, `organisation/nom-…`; `key` as `organisation_key` makes it."""
        return f"<{self.base}organisation/{key}>"

    def act(self, act: ActId) -> str:
        """`acte/{type}/{signature date}/{key}`."""
        return f"<{self.base}acte/{act.type.value}/{act.signature_date.isoformat()}/{segment(act.key)}>"

    def code(self, code: str) -> str:
        """`code/code-education`."""
        return f"<{self.base}code/{segment(code)}>"

    def article(self, article: CodeArticle) -> str:
        """`article/code-education/R338-6`."""
        return f"<{self.base}article/{segment(article.code)}/{segment(article.article)}>"


def document_of(term: str) -> str:
    """Return the IRI (as N-Triples text) of the page that describes a term: itself, without its fragment.

    >>> document_of("<https://w3id.org/rncp/certification/RNCP2383#fiche>")
    '<https://w3id.org/rncp/certification/RNCP2383>'
    """
    return term.partition("#")[0] + ">" if "#" in term else term


def web_iri(text: str) -> str | None:
    """Return a source's web address as an IRI, or None where it cannot be written as one (RFC 3987).

    >>> web_iri("https://www.cci.fr/ressources"), web_iri("http://a b"), web_iri("http://a.fr/%zz")
    ('<https://www.cci.fr/ressources>', None, None)
    """
    if not text.startswith(("http://", "https://")):
        return None
    try:
        # The store reads IRIs with this same parser: what it refuses here it would refuse there, and end the run.
        return str(NamedNode(text))
    except ValueError:
        return None


def fiche_of(term: str, base: str) -> str | None:
    """Return the number of the fiche that owns a resource: certification, bloc, list of partners, or a part of these.

    >>> fiche_of("<https://w3id.org/rncp/bloc/RNCP2383BC01#competence-x>", DEFAULT_BASE)
    'RNCP2383'
    >>> fiche_of("<https://w3id.org/rncp/rome/K1205>", DEFAULT_BASE) is None
    True
    """
    match = _OWNED.match(term.removeprefix(f"<{base}"))
    return match[1] if match else None
