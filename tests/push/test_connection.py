"""What goes over the connection: the graph with its length, and who we are, as the server asks for it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from rncp_ld.store.challenges import parse_challenges
from rncp_ld.store.credentials import Credentials
from tests.push.answers import Answer, Request, answering
from tests.push.pushing import BASIC, DIGEST, SECRET, dump_of, push


def test_the_whole_graph_is_sent_with_its_length(other_build: Path) -> None:
    with answering(lambda _: Answer()) as server:
        outcome = push(
            other_build, f"{server.address}?key={SECRET}", "--graph", "http://example.org/a b".replace(" ", "é&")
        )
    probe, request = server.requests
    assert (outcome.code, SECRET in outcome.err) == (0, False)
    assert request.path == f"/data?key={SECRET}&graph=http%3A%2F%2Fexample.org%2Fa%C3%A9%26b"
    assert (probe.method, probe.path, probe.body) == ("HEAD", request.path, b"")
    assert request.body == dump_of(other_build)
    # Virtuoso takes a body that comes in chunks for an empty one, and empties the graph.
    assert request.headers["Content-Length"] == str(len(request.body))
    assert "Transfer-Encoding" not in request.headers
    assert request.headers["Content-Type"] == "application/n-triples"
    assert "Authorization" not in request.headers


def test_a_server_that_takes_turtle_only_gets_turtle(other_build: Path) -> None:
    def script(request: Request) -> Answer:
        is_wrong = request.method == "PUT" and request.headers["Content-Type"] != "text/turtle"
        return Answer(415, is_early=True) if is_wrong else Answer()

    with answering(script) as server:
        assert push(other_build, server.address).code == 0
    assert server.requests[-1].body == dump_of(other_build)


def challenging(challenge: str, methods: tuple[str, ...] = ("HEAD", "PUT")) -> Callable[[Request], Answer]:
    """Ask for a password where there is none."""
    needed = challenge.partition(" ")[0]

    def script(request: Request) -> Answer:
        given = request.headers.get("Authorization", "").startswith(f"{needed} ")
        if request.method in methods and not given:
            return Answer(401, headers={"WWW-Authenticate": challenge})
        return Answer()

    return script


@pytest.mark.parametrize("challenge", [DIGEST, BASIC])
@pytest.mark.parametrize("methods", [("HEAD", "PUT"), ("PUT",)])
def test_the_password_is_given_as_the_server_asks(
    challenge: str, methods: tuple[str, ...], other_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only writing asks for it, the body goes out anew, whole."""
    monkeypatch.setenv("RNCP_LD_PUSH_USER", "moi")
    monkeypatch.setenv("RNCP_LD_PUSH_PASSWORD", SECRET)
    with answering(challenging(challenge, methods)) as server:
        outcome = push(other_build, server.address, "-v")
    assert (outcome.code, SECRET in outcome.err) == (0, False)
    assert server.requests[-1].body == dump_of(other_build)
    if "HEAD" in methods:
        assert [request.method for request in server.requests].count("PUT") == 1
    given = server.requests[-1].headers["Authorization"]
    expected = f"Basic {base64.b64encode(f'moi:{SECRET}'.encode()).decode()}"
    assert given == expected if challenge == BASIC else 'username="moi"' in given


@pytest.mark.parametrize(
    ("challenges", "scheme"),
    [
        (['Bearer realm="y", Basic realm="x"'], "Basic"),
        ([f'Basic realm="y", {DIGEST}'], "Digest"),
        ([BASIC, DIGEST], "Digest"),
        ([f'{DIGEST}, basic realm="a, Digest b"'], "Digest"),
        ([f"{DIGEST.replace('MD5', 'ROT13')}, {BASIC}"], "Basic"),
        ([f"{DIGEST.replace('MD5', 'ROT13')}, {DIGEST}"], "Digest"),
        (['Negotiate YWJj==, Basic realm="Digest nonce"'], "Basic"),
        (["Negotiate,Basic"], "Basic"),
    ],
)
def test_one_of_several_challenges_is_answered_the_safest_way_first(
    challenges: list[str], scheme: str, other_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RNCP_LD_PUSH_USER", "moi")
    monkeypatch.setenv("RNCP_LD_PUSH_PASSWORD", SECRET)

    def script(request: Request) -> Answer:
        if "Authorization" in request.headers:
            return Answer()
        return Answer(401, headers=[("WWW-Authenticate", one) for one in challenges])

    with answering(script) as server:
        outcome = push(other_build, server.address)
    assert outcome.code == 0, outcome.err
    given = server.requests[-1].headers["Authorization"]
    assert given.startswith(f"{scheme} ")
    assert scheme == "Basic" or ('nonce="abc"' in given and "algorithm=MD5" in given)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", []),
        (", ,", []),
        ("Basic", [("Basic", {})]),
        ("Negotiate a/b==, Basic", [("Negotiate", {}), ("Basic", {})]),
        ('Basic realm="a\\"b, c" , charset = UTF-8', [("Basic", {"realm": 'a"b, c', "charset": "UTF-8"})]),
        ('A x=1, B y="2", C', [("A", {"x": "1"}), ("B", {"y": "2"}), ("C", {})]),
        ('realm="x", Basic realm="y"', [("Basic", {"realm": "y"})]),
        ('Basic realm="open', [("Basic", {})]),
        ("é, Basic", [("Basic", {})]),
    ],
)
def test_a_header_is_read_as_a_list_of_challenges(line: str, found: list[tuple[str, dict[str, str]]]) -> None:
    assert [(one.scheme, dict(one.parameters)) for one in parse_challenges([line])] == found


def test_a_nonce_that_is_too_old_costs_a_second_upload(other_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the server restarts between the question and the graph."""
    monkeypatch.setenv("RNCP_LD_PUSH_USER", "moi")
    monkeypatch.setenv("RNCP_LD_PUSH_PASSWORD", SECRET)

    def script(request: Request) -> Answer:
        nonce = "new" if request.method == "PUT" else "old"
        if f'nonce="{nonce}"' in request.headers.get("Authorization", ""):
            return Answer()
        return Answer(401, headers={"WWW-Authenticate": f'Digest realm="s", nonce="{nonce}", qop="auth", stale="true"'})

    with answering(script) as server:
        assert push(other_build, server.address).code == 0
    assert [one.body for one in server.requests if one.method == "PUT"] == [dump_of(other_build)] * 2


def test_a_password_is_not_given_to_who_does_not_ask(other_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RNCP_LD_PUSH_USER", "moi")
    monkeypatch.setenv("RNCP_LD_PUSH_PASSWORD", SECRET)
    with answering(lambda _: Answer()) as server:
        assert push(other_build, server.address).code == 0
    assert [request.headers.get("Authorization") for request in server.requests] == [None, None]


WAYS = [
    ("Negotiate", "Negotiate"),
    (DIGEST.replace("MD5", "ROT13"), "Digest with algorithm ROT13"),
    (DIGEST.replace('"auth"', '"auth-int"'), "Digest with qop auth-int"),
    ('Digest realm="x"', "Digest with no nonce"),
    (
        f'Negotiate, {DIGEST.replace("MD5", "ROT13")}, Bearer realm="y"',
        "Bearer, Digest with algorithm ROT13, Negotiate",
    ),
]


def test_a_way_of_authentication_that_we_do_not_have(other_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RNCP_LD_PUSH_USER", "moi")
    monkeypatch.setenv("RNCP_LD_PUSH_PASSWORD", SECRET)
    for challenge, name in WAYS:
        with answering(challenging(challenge)) as server:
            outcome = push(other_build, server.address)
        assert outcome.code == 3
        assert f"401 Unauthorized; it asks for {name}, which we cannot do\n" in outcome.err


def test_a_token_goes_with_every_request_to_the_store_and_to_no_other(
    other_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RNCP_LD_PUSH_TOKEN", SECRET)
    triples = dump_of(other_build).count(b"\n")
    result = f'{{"results": {{"bindings": [{{"n": {{"value": "{triples}"}}}}]}}}}'
    with answering(lambda _: Answer()) as server, answering(lambda _: Answer(200, result)) as elsewhere:
        assert push(other_build, server.address, "--sparql-endpoint", elsewhere.address).code == 0
    assert {request.headers.get("Authorization") for request in server.requests} == {f"Bearer {SECRET}"}
    assert [request.headers.get("Authorization") for request in elsewhere.requests] == [None]
    assert elsewhere.requests[0].body.startswith(b"query=SELECT+")


def test_what_a_server_repeats_of_the_request_holds_no_secret(
    other_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RNCP_LD_PUSH_TOKEN", SECRET)
    with answering(
        lambda r: Answer(500 if r.method == "PUT" else 200, f"you said {r.headers['Authorization']}")
    ) as server:
        outcome = push(other_build, server.address, "-v")
    assert (outcome.code, "Bearer …" in outcome.err, SECRET in outcome.err) == (3, True, False)
    assert SECRET not in repr(Credentials("moi", SECRET))
    basic = base64.b64encode(f"moi:{SECRET}".encode()).decode()
    assert Credentials("moi", SECRET).hide(f"Basic {basic} {SECRET}") == "Basic … …"
