"""The `prowess` command: one module per command group, each a thin door to the library.

Modules here import nothing heavy at the top: `prowess --help` answers at once.
"""

from prowess.cli.application import main

__all__ = ["main"]
