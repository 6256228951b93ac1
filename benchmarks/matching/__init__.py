"""How well and how fast matching works, beside simpler ways of doing the same."""
