"""Frameworks and the versions of their competencies, kept in the database."""
