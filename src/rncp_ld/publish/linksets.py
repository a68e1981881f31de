"""Link sets of the catalogue (https://www.w3.org/TR/void/#linkset): how many links lead to which other data.

A target is a data set with IRIs of its own. A vocabulary whose terms we use is none (that is `void:vocabulary`), nor is
the web page of some school.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from rncp_ld.model.slug import hash8
from rncp_ld.rdf.iris import Iris
from rncp_ld.rdf.terms import Triple, french, integer, iri, string
from rncp_ld.rdf.vocabulary import COUNTRY_AUTHORITY, PREFIXES, RDF_TYPE, TITLE

TARGETS: Mapping[str, str] = {
    "https://www.francecompetences.fr/recherche/": "Fiches officielles de France compétences",
    "https://www.legifrance.gouv.fr/eli/": "Textes juridiques de Légifrance, par leur ELI",
    COUNTRY_AUTHORITY: "Pays et territoires, table d'autorité de l'Union européenne",
    "http://data.europa.eu/snb/eqf/": "Niveaux du cadre européen des certifications (CEC)",
    "http://data.europa.eu/snb/qdr/": "Niveaux des cadres nationaux, liste de la Commission européenne",
}
"""URI space of a target → its title."""

_SPACES = tuple(f"<{space}" for space in TARGETS)


def target_of(term: str) -> str | None:
    """Return the URI space of the target that a term (N-Triples text) belongs to.

    >>> target_of("<http://data.europa.eu/snb/eqf/4>"), target_of("<http://www.w3.org/2004/02/skos/core#Concept>")
    ('http://data.europa.eu/snb/eqf/', None)
    """
    if not term.startswith(_SPACES):
        return None
    return next(space for space in TARGETS if term.startswith(f"<{space}"))


def map_linksets(dataset: str, links: Counter[str], iris: Iris) -> Iterator[Triple]:
    """Describe a link set for each target; `links` counts them by URI space."""
    void = PREFIXES["void"]
    for space, number in sorted(links.items()):
        me, other = iris.path(f"dataset#liens-{hash8(space)}"), iris.path(f"dataset#cible-{hash8(space)}")
        yield dataset, iri(f"{void}subset"), me
        yield me, RDF_TYPE, iri(f"{void}Linkset")
        yield me, iri(f"{void}subjectsTarget"), dataset
        yield me, iri(f"{void}objectsTarget"), other
        yield me, iri(f"{void}triples"), integer(number)
        yield other, RDF_TYPE, iri(f"{void}Dataset")
        yield other, TITLE, french(TARGETS[space])
        yield other, iri(f"{void}uriSpace"), string(space)
