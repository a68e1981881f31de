"""Options that hold an address of the web."""

from __future__ import annotations

import click

from rncp_ld.errors import UsageError


def web_address(_: click.Context, __: click.Parameter, value: str) -> str:
    """Read an address as a user has it; without one, an option whose default is none stays so."""
    from rncp_ld.http_client.address import parse_address  # noqa: PLC0415 - httpx takes 0.2 s to import

    try:
        parse_address(value)
    except UsageError as error:
        raise click.BadParameter(str(error)) from None
    return value


def api_address(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Read an address that a path is added to."""
    shown, query, _ = web_address(context, parameter, value).partition("?")
    if query:
        raise click.BadParameter(f"{shown}: the address of an API has no ?query")
    return value


def endpoint_address(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Read an address, or none."""
    return web_address(context, parameter, value) if value else value
