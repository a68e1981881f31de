"""`python -m rncp_ld`."""

from rncp_ld.cli import main

main()
