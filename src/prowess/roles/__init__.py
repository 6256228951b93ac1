"""Roles, and the role profiles that say which competencies they need."""
