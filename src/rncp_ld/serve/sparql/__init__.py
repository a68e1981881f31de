"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), in front of real Oxigraph servers.

A request → `request` (what is asked) → `guard` (what is refused) → `pool` (an engine of its own) → `endpoint` (the answer).
"""
