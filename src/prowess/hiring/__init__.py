"""Structured interviews: plans, guides."""
