"""One module per file format: bytes or text in, lines and tables with their looks out."""
