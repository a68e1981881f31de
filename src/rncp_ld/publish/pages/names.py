"""French words for terms that neither a shape nor our ontology names, and for links read from their other end.

Keys are prefixed names (`rncp:rome`, `eli:amends`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rncp_ld.rdf.vocabulary import PREFIXES

FOREIGN: Final[Mapping[str, str]] = {
    "rdf:type": "Classe",
    "rdfs:label": "Nom",
    "rdfs:seeAlso": "Voir aussi",
    "rdfs:isDefinedBy": "Défini par",
    "rdfs:comment": "Remarque",
    "skos:prefLabel": "Libellé",
    "skos:altLabel": "Autres libellés",
    "skos:notation": "Code",
    "skos:definition": "Définition",
    "skos:scopeNote": "Remarque",
    "skos:note": "Remarque",
    "skos:historyNote": "Historique",
    "skos:example": "Exemple",
    "skos:inScheme": "Nomenclature",
    "skos:topConceptOf": "Premier niveau de",
    "skos:hasTopConcept": "Premier niveau",
    "skos:broader": "Plus large",
    "skos:narrower": "Plus précis",
    "skos:related": "Associés",
    "skos:exactMatch": "Équivalent exact",
    "skos:closeMatch": "Équivalent proche",
    "skos:broadMatch": "Équivalent plus large",
    "skos:narrowMatch": "Équivalent plus étroit",
    "dcterms:title": "Titre",
    "dcterms:description": "Description",
    "dcterms:publisher": "Éditeur",
    "dcterms:creator": "Auteur",
    "dcterms:license": "Licence",
    "dcterms:source": "Source",
    "dcterms:date": "Date",
    "dcterms:created": "Créé le",
    "dcterms:modified": "Modifié le",
    "foaf:page": "Site internet",
    "foaf:primaryTopic": "Décrit",
    "foaf:isPrimaryTopicOf": "Fiche",
    "prov:wasDerivedFrom": "Tiré de",
    "org:unitOf": "Établissement de",
    "rov:registration": "Immatriculation",
    "rov:legalName": "Dénomination",
    "adms:schemaAgency": "Immatriculé par",
    "eli:type_document": "Type",
    "eli:date_document": "Signé le",
    "eli:date_publication": "Publié le",
    "eli:number": "Numéro",
    "eli:id_local": "NOR",
    "eli:amends": "Modifie",
    "eli:changes": "Remplace",
    "eli:repeals": "Abroge",
    "eli:is_part_of": "Partie de",
    "owl:versionIRI": "Adresse de la version",
    "owl:versionInfo": "Version",
    "vann:preferredNamespacePrefix": "Préfixe",
    "vann:preferredNamespaceUri": "Espace de noms",
}
"""What a property of another vocabulary is called where no shape says better."""


CLASSES: Final[Mapping[str, str]] = {
    "org:Organization": "organisme",
    "org:OrganizationalUnit": "établissement",
    "rov:RegisteredOrganization": "entité légale",
    "eli:LegalResource": "texte juridique",
    "eli:LegalResourceSubdivision": "article d’un code",
    "skos:Concept": "code d’une nomenclature",
    "skos:ConceptScheme": "nomenclature",
}
"""What a class of another vocabulary is called, where a page says what something was."""


@dataclass(frozen=True, slots=True)
class Inverse:
    """A property read from its object.

    Attributes:
        label: heading of the list of its subjects, when they are pages.
        of_parts: heading when the subjects are parts of pages (fragments); the pages are listed.
        covered_by: properties that say the same more plainly; a page listed under one of them is not listed here again.
        forward: property of the object that says the same the other way round; a page that it names is not listed.
        unless: property of the object whose page holds the same list with more detail; where it is there, none is here.
        is_tree: the subjects are what the object is made of, so that up to a hundred stand on its page.
    """

    label: str
    of_parts: str = ""
    covered_by: tuple[str, ...] = ()
    forward: str = ""
    unless: str = ""
    is_tree: bool = False


_BASIS = ("rncp:creationAct", "rncp:generalAct", "rncp:vaeAct")

INVERSES: Final[Mapping[str, Inverse]] = {
    "skos:broader": Inverse("Plus précis", is_tree=True),
    "skos:related": Inverse("Associés", forward="skos:related"),
    # certifications by what classifies them
    "rncp:rome": Inverse("Certifications de ce métier"),
    "rncp:nsf": Inverse("Certifications de cette spécialité"),
    "rncp:formacode": Inverse("Certifications de ce domaine de formation"),
    "rncp:level": Inverse("Certifications de ce niveau"),
    "rncp:level1969": Inverse("Certifications de ce niveau (nomenclature de 1969)"),
    "rncp:certificationType": Inverse("Certifications de ce type", "Fiches dont une mention nomme ce type"),
    "rncp:collectiveAgreement": Inverse("Certifications liées à cette convention"),
    "rncp:register": Inverse("Certifications de ce répertoire"),
    "rncp:registrationType": Inverse("Certifications enregistrées ainsi"),
    "rncp:openRoute": Inverse("Certifications ouvertes par cette voie"),
    "rncp:closedRoute": Inverse("Certifications fermées par cette voie"),
    "rncp:accessRoute": Inverse(
        "Voie d’accès de", "Autres fiches qui citent cette voie", ("rncp:openRoute", "rncp:closedRoute")
    ),
    # blocs, succession, equivalence
    "rncp:hasBlock": Inverse("Certification de ce bloc", forward="rncp:blockOf"),
    "rncp:blockOf": Inverse("Blocs de cette certification", forward="rncp:hasBlock"),
    "rncp:replacedBy": Inverse("Remplace", forward="rncp:replaces"),
    "rncp:replaces": Inverse("Remplacée par", forward="rncp:replacedBy"),
    "rncp:activeSuccessor": Inverse(
        "Certifications plus anciennes qui mènent ici", covered_by=("rncp:replacedBy",), forward="rncp:replaces"
    ),
    "rncp:equivalentTo": Inverse(
        "Équivalent à",
        "Certifications qui déclarent une équivalence avec cette ressource",
        ("rncp:targetCertification",),
    ),
    "rncp:targetCertification": Inverse("Cible de", "Certifications dont une correspondance mène ici"),
    "rncp:sourceBlock": Inverse("Départ de", "Certifications dont une correspondance part de ce bloc"),
    "rncp:targetBlock": Inverse("Cible de", "Certifications dont une correspondance mène à ce bloc"),
    "rncp:equivalenceKind": Inverse("Équivalences de ce type", "Certifications qui déclarent une telle équivalence"),
    "rncp:changeType": Inverse("Changements de ce type", "Certifications qui ont connu un tel changement"),
    # organisations
    "rncp:certifier": Inverse("Certifications que cet organisme délivre"),
    "rncp:formerCertifier": Inverse("Certifications dont cet organisme a été certificateur"),
    "rncp:organisation": Inverse(
        "Rôle de", "Autres certifications où figure cet organisme", ("rncp:certifier", "rncp:formerCertifier")
    ),
    "rncp:certifierStatus": Inverse("Certificateurs dans cet état", "Certifications qui ont un tel certificateur"),
    "rncp:partner": Inverse("Partenaire de", "Certifications dont cet organisme est partenaire"),
    "rncp:habilitation": Inverse("Partenariats", "Certifications qui ont un partenaire ainsi habilité"),
    "rncp:partnershipStatus": Inverse("Partenariats", "Certifications qui ont un partenariat dans cet état"),
    "rncp:partnerships": Inverse("Certification", forward="rncp:ofCertification"),
    "rncp:ofCertification": Inverse("Liste des partenaires", forward="rncp:partnerships"),
    "rncp:trainsFor": Inverse("Organismes habilités à former aujourd’hui", unless="rncp:partnerships"),
    "rncp:assessesFor": Inverse(
        "Organismes habilités à organiser l’évaluation aujourd’hui", unless="rncp:partnerships"
    ),
    "org:unitOf": Inverse("Établissements", is_tree=True),
    # law
    "rncp:creationAct": Inverse("Certifications que ce texte crée"),
    "rncp:generalAct": Inverse("Certifications dont il est un texte général"),
    "rncp:vaeAct": Inverse("Certifications dont il règle l’accès par la VAE"),
    "rncp:legalBasis": Inverse("Autres certifications qui reposent sur ce texte", covered_by=_BASIS),
    "rncp:refersTo": Inverse(
        "Désigné par", "Autres fiches qui citent cette ressource", ("rncp:legalBasis", *_BASIS, "rncp:equivalentTo")
    ),
    "rncp:citedAct": Inverse("Cité par", "Fiches qui le nomment à propos d’un autre texte"),
    "rncp:candidate": Inverse(
        "Rapprochements possibles",
        "Fiches dont une mention pourrait désigner cette ressource",
        forward="rncp:candidate",
    ),
    "rncp:firstArticle": Inverse("Début de plage", "Fiches qui citent des articles à partir de celui-ci"),
    "rncp:lastArticle": Inverse("Fin de plage", "Fiches qui citent des articles jusqu’à celui-ci"),
    "rncp:legalRole": Inverse("Mentions", "Certifications qui citent un texte à ce titre"),
    "rncp:publishedIn": Inverse("Textes publiés dans ce journal"),
    "eli:amends": Inverse("Modifié par"),
    "eli:changes": Inverse("Remplacé par"),
    "eli:repeals": Inverse("Abrogé par"),
    "eli:is_part_of": Inverse("Articles cités par des fiches", is_tree=True),
    "eli:type_document": Inverse("Textes de ce type"),
    # documents and schemes
    "rncp:ficheStatus": Inverse("Fiches dans cet état", "Certifications dont la fiche est dans cet état"),
    "rncp:resolution": Inverse("Mentions", "Certifications dont une mention est dans ce cas"),
    "prov:wasDerivedFrom": Inverse("Tiré de cette source", "Certifications dont la fiche vient de cette source"),
    "skos:inScheme": Inverse("Concepts de cette nomenclature"),
    "skos:topConceptOf": Inverse("Premier niveau", forward="skos:hasTopConcept"),
    "skos:hasTopConcept": Inverse("Nomenclature", forward="skos:topConceptOf"),
    "skos:closeMatch": Inverse("Équivalent proche de", forward="skos:closeMatch"),
    "skos:exactMatch": Inverse("Équivalent exact de", forward="skos:exactMatch"),
    "skos:narrowMatch": Inverse("Équivalent plus large", forward="skos:broadMatch"),
    "skos:broadMatch": Inverse("Équivalent plus étroit", forward="skos:narrowMatch"),
}
"""Property → how it reads from its object, in the order of the page."""

INVERSE_ORDER: Final[Mapping[str, int]] = {name: place for place, name in enumerate(INVERSES)}


class Namer:
    """Turns terms (N-Triples text) into prefixed names, with the ontology's namespace as `rncp`."""

    def __init__(self, namespace: str) -> None:
        self._namespaces = {"rncp": namespace, **PREFIXES}
        self._known: dict[str, str] = {}
        self._terms: dict[str, str] = {}

    def name(self, term: str) -> str:
        """Return `rncp:rome` for `<…/def#rome>`; the address itself where no prefix fits."""
        known = self._known.get(term)
        if known is None:
            address = term[1:-1]
            fits = ((p, ns) for p, ns in self._namespaces.items() if address.startswith(ns))
            prefix, namespace = next(fits, ("", ""))
            known = f"{prefix}:{address.removeprefix(namespace)}" if prefix else address
            self._known[term] = known
        return known

    def term(self, name: str) -> str:
        """Return the term of a prefixed name.

        >>> Namer("https://w3id.org/rncp/def#").term("rncp:rome")
        '<https://w3id.org/rncp/def#rome>'
        """
        term = self._terms.get(name)
        if term is None:
            prefix, _, local = name.partition(":")
            term = self._terms[name] = f"<{self._namespaces[prefix]}{local}>"
        return term
