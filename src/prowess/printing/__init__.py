"""Paper: HTML to PDF, and the look that every printed document shares. No Django."""

from prowess.printing.pdf import pdf_from_html

__all__ = ["pdf_from_html"]
