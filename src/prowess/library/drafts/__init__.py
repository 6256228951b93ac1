"""Editing, review and publishing of competencies."""
