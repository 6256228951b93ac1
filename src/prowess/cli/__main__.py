"""`python -m prowess.cli`: the `prowess` command where it is not on the path."""

from prowess.cli.application import main

main()
