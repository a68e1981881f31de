"""What is wrong with the data, as values: found anywhere, rendered by the command line, the report and the pages.

`CODES` is the table of everything that can be said. The message of a diagnostic is French, fit to be sent to the
registry; its `code` is what programs use.

`python -m rncp_ld.diagnostics` writes the table as `docs/diagnostics.md`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum


class Severity(Enum):
    """As in SHACL: a violation keeps the fiche out of the publication, the others are published with it."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


_V, _W, _I = Severity.VIOLATION, Severity.WARNING, Severity.INFO

CODES: dict[str, tuple[Severity, str]] = {
    # reading: structure of a source
    "NUMERO-INVALIDE": (
        _V,
        "Numéro de fiche absent ou qui ne suit pas le motif RNCPn ou RSn ; la fiche n'est pas publiée.",
    ),
    "FICHE-EN-DOUBLE": (_W, "Le même numéro de fiche figure plusieurs fois ; une seule description est gardée."),
    "TITRE-ABSENT": (_V, "Fiche sans intitulé ; elle n'est pas publiée."),
    "TEXTE-NON-LU": (_W, "Texte de la source qui n'entre dans aucun champ ; il est gardé ici."),
    "ELEMENT-INCONNU": (
        _W,
        "Élément du XML, ou colonne du CSV, qui n'est pas décrit pour ce format ; son contenu est gardé ici.",
    ),
    "IDENTIFIANT-INTERNE": (_I, "Identifiant propre à la base du répertoire ; il n'est pas publié, il est gardé ici."),
    "VERSION-INCONNUE": (
        _W,
        "Version de l'export inconnue ; il est lu avec les éléments de toutes les versions connues.",
    ),
    "LIGNE-INVALIDE": (
        _W,
        "Ligne de CSV qui n'a pas autant de cellules que d'en-têtes, ou dont les guillemets sont faux ; elle est gardée ici.",
    ),
    "LIGNE-ORPHELINE": (_W, "Lignes d'une fiche que le fichier principal de l'export CSV ne décrit pas ; gardées ici."),
    "FICHIER-INCONNU": (_W, "Fichier CSV qui n'est pas l'un des dix de l'export ; il n'est pas lu."),
    "APOSTROPHE": (_I, "Apostrophes doublées ou précédées d'une barre oblique ; lues comme des apostrophes simples."),
    "ENCODAGE": (_W, "L'encodage déclaré n'est pas celui des octets ; l'encodage réel a servi."),
    "CARACTERE": (_W, "Caractère de commande ou de remplacement dans un texte."),
    "HTML": (_I, "Balises ou entités HTML dans un texte ; la mise en forme est lue, le reste gardé comme texte."),
    # values of a source
    "VALEUR-INCONNUE": (_W, "Valeur hors de la liste connue pour ce champ ; elle n'est pas publiée."),
    "DATE-INVALIDE": (_W, "Date impossible ou illisible ; elle n'est pas publiée."),
    "NOMBRE-INVALIDE": (_W, "Nombre illisible ; il n'est pas publié."),
    "CODE-INVALIDE": (_W, "Code qui ne suit pas le motif de sa nomenclature."),
    "SIRET-INVALIDE": (
        _W,
        "SIRET qui n'a pas 14 chiffres, ou dont la clé de contrôle est fausse ; l'organisme est identifié par son nom.",
    ),
    "URL-INVALIDE": (_I, "Texte dans un champ d'adresse, qui n'est pas une adresse ; gardé comme note."),
    "CODE-BLOC": (_W, "Code de bloc qui ne suit pas le motif {fiche}BCnn, ou qui sert deux fois."),
    "BLOC-SANS-TITRE": (_W, "Bloc de compétences sans intitulé ; son code en tient lieu."),
    "LIGNE-EN-DOUBLE": (_I, "Ligne répétée à l'identique ; gardée une fois."),
    "TEXTE-PROVISOIRE": (_I, "Texte provisoire (« Néant », « Sans objet », « A compléter ») à la place d'un contenu."),
    "RENVOI-SANS-OBJET": (_I, "Renvoi (« Idem ») à un jury que la fiche ne décrit pas ; gardé comme texte."),
    "TITRE-LONG": (_W, "Intitulé de plus de 1000 caractères."),
    # reading: the text fiche
    "VALEUR-TRONQUEE": (_W, "Texte coupé dans la source ; gardé tel quel et marqué comme tronqué."),
    "CELLULE-REPETEE": (_I, "Fragment répété d'une cellule à l'autre ; compté une fois."),
    "TYPE-INCONNU": (_W, "Abrégé ou libellé de type de certification inconnu ; la ligne entière sert d'intitulé."),
    "RUBRIQUE-AMBIGUE": (_I, "Une rubrique réunit deux champs sans les séparer ; le texte est gardé dans le premier."),
    "COMPETENCE-DIVERGENTE": (_W, "L'énoncé du résumé et celui du tableau des blocs diffèrent."),
    # reading: lists of codes of a nomenclature
    "CODE-EN-DOUBLE": (
        _W,
        "Le même code figure plusieurs fois dans la liste, sous des libellés différents ; le premier est retenu, les autres sont gardés comme autres libellés.",
    ),
    "PARTIE-NON-LUE": (_I, "Partie d'une liste de codes que la publication ne reprend pas."),
    "EDITION-INCONNUE": (
        _I,
        "Ni numéro d'édition (V460) ni date (AAAA-MM-JJ) dans le nom du fichier ; la liste passe après les éditions connues, et rien n'est conclu de ce qu'un code n'y figure pas.",
    ),
    # legal citations
    "CITATION-NON-LUE": (_I, "Référence juridique gardée comme texte : aucune forme connue n'y a été lue."),
    "DATE-JO-ECARTEE": (
        _W,
        "Date de publication du champ écartée (plusieurs actes, date déjà dans le texte, ou antérieure à la signature).",
    ),
    "JOURNAL-DIVERGENT": (_I, "Les fiches ne disent pas toutes dans quel journal l'acte a paru."),
    "ACTE-REPETE": (_I, "Le même texte figure dans deux rubriques ; une mention, deux rôles."),
    "ACTE-DATES-DIVERGENTES": (_W, "Un même numéro d'acte a plusieurs dates de signature ; aucune n'est écartée."),
    # linking
    "SUCCESSION-UNILATERALE": (_I, "Succession dite par une seule des deux fiches ; complétée."),
    "SUCCESSION-CIRCULAIRE": (_W, "Fiche qui se cite elle-même comme ancienne ou nouvelle certification ; non reliée."),
    "SUCCESSION-EN-BOUCLE": (
        _W,
        "Succession qui revient à son point de départ ; gardée telle que les fiches la disent.",
    ),
    "SUCCESSION-ENTRE-REPERTOIRES": (
        _I,
        "Succession entre une fiche du RNCP et une fiche du répertoire spécifique ; gardée.",
    ),
    "SUCCESSION-PENDANTE": (_I, "Fiche citée comme ancienne ou nouvelle certification, absente des sources."),
    "CODE-INCONNU": (
        _W,
        "Code bien formé qui n'est pas dans sa nomenclature (ROME V3 et 4.0, NSF, liste complète donnée) ; il est nommé, sans être décrit.",
    ),
    "CODE-ABANDONNE": (_W, "Code d'une édition antérieure de sa nomenclature, que la plus récente ne contient plus."),
    "EDITION-DIVERGENTE": (
        _I,
        "Le libellé de ce code change d'une édition de la nomenclature à l'autre, ou de la liste aux exports : il a pu changer de sens ; gardé comme autre libellé.",
    ),
    "LIEN-SANS-CIBLE": (_W, "Lien d'un code de la nomenclature vers un code qui n'y figure pas ; il n'est pas publié."),
    "LIEN-ECARTE": (
        _I,
        "Lien de la liste vers un code qui n'a plus le libellé qu'elle lui donne et a pu changer de sens ; il n'est pas publié.",
    ),
    "LIEN-CONTRADICTOIRE": (
        _W,
        "Code dit associé à un code qui est aussi au-dessus ou au-dessous de lui ; l'association n'est pas publiée.",
    ),
    "HIERARCHIE-CIRCULAIRE": (
        _W,
        "Hiérarchie circulaire d'une nomenclature : un code y est au-dessus de lui-même ; ces liens ne sont pas publiés.",
    ),
    "CODE-SANS-DESCRIPTION": (_I, "Code cité que les sources ne décrivent pas."),
    "LIBELLE-DIVERGENT": (_I, "Le libellé de ce code diffère de celui qui est retenu ; gardé comme autre libellé."),
    "MENTION-CANDIDATE": (_I, "Une mention sans code a un ou plusieurs candidats ; aucun lien n'est établi."),
    "SOURCE-ECARTEE": (
        _I,
        "La même fiche figure dans une source plus récente ou plus complète ; celle-ci n'a pas servi.",
    ),
    # dates, judged on the export's date
    "ACTIVE-EXPIREE": (_W, "Fiche déclarée active alors que son enregistrement a pris fin."),
    "INACTIVE-NON-EXPIREE": (_W, "Fiche déclarée inactive alors que son enregistrement court encore."),
    # the check
    "SHACL": (_W, "Contrainte d'une forme SHACL non satisfaite."),
    "RESSOURCE-COMMUNE": (
        _V,
        "La fiche nomme une ressource commune (organisme, texte juridique, code) qui n'est pas conforme ; elle n'est pas publiée.",
    ),
}
"""Code → (severity, what it means). `docs/diagnostics.md` is made from this table."""


@dataclass(frozen=True, slots=True)
class ShapeResult:
    """Which constraint a diagnostic of code SHACL comes from; IRIs, as in a validation report.

    Attributes:
        focus: the resource that was looked at.
        shape: the shape that says so.
        constraint: its constraint component.
        path: the property; None where the shape looks at the whole resource.
        value: the literal's text or the IRI that is wrong; None where it is a number of values that is.
    """

    focus: str
    shape: str
    constraint: str
    path: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing found wrong, and where.

    Attributes:
        code: key of `CODES`.
        severity: that of the code, or of the SHACL result.
        message: French; what was found and what was expected.
        file: the source as the user named it (with `!member` for a file in a zip), or None before it is known.
        line: line in the file, from 1; None where the format has no useful lines.
        fiche: number of the fiche, e.g. "RNCP2383".
        path: element (`SI_JURY_VAE/ACTIF`), heading or property concerned.
        excerpt: the offending text, at most 200 characters.
        see: another place that it is about (`file:line`); like `file` and `line` for those who run the command only.
        result: of the check, for code SHACL only.
    """

    code: str
    severity: Severity
    message: str
    file: str | None = None
    line: int | None = None
    fiche: str | None = None
    path: str | None = None
    excerpt: str | None = None
    see: str | None = None
    result: ShapeResult | None = None

    @classmethod
    def of(
        cls,
        code: str,
        detail: str = "",
        *,
        severity: Severity | None = None,
        file: str | None = None,
        line: int | None = None,
        fiche: str | None = None,
        path: str | None = None,
        excerpt: str | None = None,
        see: str | None = None,
    ) -> Diagnostic:
        """Make a diagnostic of a known code; `detail` (French) follows the code's own message."""
        default, meaning = CODES[code]
        message = f"{meaning} {detail}".strip()
        shown = None if excerpt is None else shorten(excerpt)
        return cls(code, severity or default, message, file, line, fiche, path, shown, see)

    def at(self, *, file: str | None = None, line: int | None = None, fiche: str | None = None) -> Diagnostic:
        """Return the same diagnostic with the place filled in where it was not known yet."""
        return replace(self, file=self.file or file, line=self.line or line, fiche=self.fiche or fiche)

    def sort_key(self) -> tuple[str, int, str, str, str, str, str, str, str]:
        """Order of reports: by file and line, then fiche, path, code; two that differ never tie."""
        place = (self.file or "", self.line or 0, self.fiche or "", self.path or "")
        check = f"{self.result.shape} {self.result.constraint} {self.result.value}" if self.result else ""
        return (*place, self.code, self.excerpt or "", self.full_message, self.severity.value, check)

    @property
    def full_message(self) -> str:
        """The message with the other place it is about."""
        return f"{self.message} (voir {self.see})" if self.see else self.message


def shorten(text: str, limit: int = 200) -> str:
    """Collapse white space and cut at `limit` characters, with an ellipsis where something was cut."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def render_line(diagnostic: Diagnostic) -> str:
    """Render as `path:line: severity CODE message`, as compilers do, so that editors can jump there."""
    place = diagnostic.file or diagnostic.fiche or "-"
    if diagnostic.line is not None:
        place = f"{place}:{diagnostic.line}"
    where = " ".join(part for part in (diagnostic.fiche, diagnostic.path) if part)
    excerpt = f" « {diagnostic.excerpt} »" if diagnostic.excerpt else ""
    return f"{place}: {diagnostic.severity.value} {diagnostic.code} {f'[{where}] ' if where else ''}{diagnostic.full_message}{excerpt}"


def render_json(diagnostic: Diagnostic) -> str:
    """Render as one line of JSON: code, severity, file, line, fiche, path, message, excerpt; of the check also its constraint."""
    check = diagnostic.result
    return json.dumps(
        {
            "code": diagnostic.code,
            "severity": diagnostic.severity.value,
            "file": diagnostic.file,
            "line": diagnostic.line,
            "fiche": diagnostic.fiche,
            "path": diagnostic.path,
            "message": diagnostic.full_message,
            "excerpt": diagnostic.excerpt,
            **({"shape": check.shape, "constraint": check.constraint, "focus": check.focus} if check else {}),
        },
        ensure_ascii=False,
    )


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield in the order of reports, each once."""
    yield from sorted(set(diagnostics), key=Diagnostic.sort_key)


_WORDS = {Severity.VIOLATION: "violation", Severity.WARNING: "avertissement", Severity.INFO: "information"}

_PREFACE = """\
# Diagnostics

<!-- Made by `python -m rncp_ld.diagnostics` from the table CODES; a test keeps the two equal. -->

What can be wrong with the data, in the order of the stages that find it. A *violation* keeps the fiche out of the
publication (exit 1); an *avertissement* and an *information* are published with it, on its own page. Messages are French:
they are fit to be sent to the registry. A shape's own severity stands for that of `SHACL`.

| code | gravité | sens |
| --- | --- | --- |
"""


def render_codes() -> str:
    """Render the table of codes as Markdown."""
    return _PREFACE + "".join(
        f"| `{code}` | {_WORDS[severity]} | {says} |\n" for code, (severity, says) in CODES.items()
    )


if __name__ == "__main__":
    sys.stdout.write(render_codes())
