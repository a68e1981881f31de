"""The competency questions (`ontology/questions/*.rq`) as commands: a name, a French and an English title, parameters.

A question is valid SPARQL as it stands. A parameter is a line `VALUES ?name { "default" } # param`; its value is
exchanged as a literal, escaped, so that no value can become query text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rncp_ld import resources
from rncp_ld.errors import UsageError
from rncp_ld.model.codes import parse_fiche_number, parse_nsf
from rncp_ld.model.fiche import Territory

_VALUES = re.compile(
    r'^(\s*VALUES \?(\w+) \{ )"((?:[^"\\]|\\.)*)"(\^\^[^\s{}]+|@[A-Za-z-]+)?( \} # param)\s*$', re.MULTILINE
)
_DESCRIBED = re.compile(r"^# param (\w+)\s*: (.*)$", re.MULTILINE)


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _rome(text: str) -> str | None:
    """Return a code in its writing; those that exist no more (M1700) are asked for too, since fiches name them."""
    code = text.strip().upper()
    return code if re.fullmatch(r"[A-N]([0-9]{2}([0-9]{2})?)?", code) else None


CODES: Mapping[str, tuple[Callable[[str], str | None], str]] = {
    "fiche": (lambda text: parse_fiche_number(text.upper()), "a fiche number, for example RNCP2383 or RS5000"),
    "rome": (_rome, "a ROME code of any depth, for example K1205, K12 or K"),
    "nsf": (parse_nsf, "an NSF code of any depth, for example 332t, 332 or 33"),
    "territoire": (
        lambda text: next((one.value for one in Territory if one.value == text.strip().upper()), None),
        "NCL (Nouvelle-Calédonie) or PYF (Polynésie française)",
    ),
    "jour": (_day, "a day, AAAA-MM-JJ, for example 2024-01-01"),
}
"""Parameter of a question → how its value is read (case and spaces do not matter), and what is expected."""


class ParameterError(UsageError):
    """A value that a parameter cannot have, or a parameter that a query has not.

    Attributes:
        parameter: its name, as it was given.
    """

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question; the default is the text of its literal."""

    name: str
    default: str
    description: str


@dataclass(frozen=True, slots=True)
class Question:
    """A competency question; `text` is SPARQL with the defaults."""

    name: str
    french: str
    english: str
    parameters: tuple[Parameter, ...]
    text: str


def list_questions(base: str = resources.DEFAULT_BASE) -> list[Question]:
    """Return the questions, by name."""
    return [read_question(path, base) for path in resources.files("ontology", "questions/*.rq")]


def read_question(path: Path, base: str = resources.DEFAULT_BASE) -> Question:
    """Read a question: French on line 1, English on line 2, then its parameters."""
    text = resources.read_rdf(path, base)
    lines = text.splitlines()
    described = {name: words.strip() for name, words in _DESCRIBED.findall(text)}
    parameters = tuple(Parameter(m[2], m[3], described.get(m[2], "")) for m in _VALUES.finditer(text))
    return Question(path.stem, lines[0].removeprefix("# "), lines[1].removeprefix("# en: "), parameters, text)


def load_query(query: str, values: Mapping[str, str], base: str = resources.DEFAULT_BASE) -> str:
    """Return the SPARQL text of a query as the user names it.

    Args:
        query: SPARQL, the path of a `.rq` file, or `@name`.
        values: parameters, for a question or a file with `# param` lines.
        base: of the publication that is asked.

    Raises:
        UsageError: no such question or file, an unknown parameter, or a value that its parameter cannot have.
    """
    if query.startswith("@"):
        names = {path.stem: path for path in resources.files("ontology", "questions/*.rq")}
        if query[1:] not in names:
            raise UsageError(f"there is no question {query}; `rncp-ld query --list` shows them")
        return answer_with(read_question(names[query[1:]], base), values)
    if query.endswith(".rq"):
        try:
            text = Path(query).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{query}: this query file cannot be read ({error})") from error
    else:
        text = query
    return bind(text, values, query)


def answer_with(question: Question, values: Mapping[str, str]) -> str:
    """Return the SPARQL text of a question with values for its parameters.

    Raises:
        ParameterError: an unknown parameter, or a value that its parameter cannot have.
    """
    return bind(question.text, {name: _canonical(name, value) for name, value in values.items()}, f"@{question.name}")


def _canonical(name: str, value: str) -> str:
    parse, expected = CODES.get(name, (str, ""))
    found = parse(value)
    if found is None:
        raise ParameterError(name, f"{name}={value!r}: expected {expected}")
    return found


def bind(text: str, values: Mapping[str, str], name: str = "this query") -> str:
    r"""Exchange the values of parameters.

    >>> bind('VALUES ?rome { "K1205" } # param', {"rome": 'M1805" } #'})
    'VALUES ?rome { "M1805\\" } #" } # param'

    Raises:
        ParameterError: the query has no such parameter.
    """
    known = [match[2] for match in _VALUES.finditer(text)]
    for parameter in values:
        if parameter not in known:
            expected = ", ".join(known) or "none"
            raise ParameterError(parameter, f"{name} has no parameter {parameter!r}; it has: {expected}")

    def exchange(match: re.Match[str]) -> str:
        if match[2] not in values:
            return match[0]
        return f'{match[1]}"{_escape(values[match[2]])}"{match[4] or ""}{match[5]}'

    return _VALUES.sub(exchange, text)


def _escape(value: str) -> str:
    for sign, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        value = value.replace(sign, escaped)
    return value
