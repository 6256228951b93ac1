"""Prowess: the open home of an organisation's competencies."""

__version__ = "0.1.0"
