"""Training of the data that matching ships with; the benchmark uses the same code on a part of the occupations."""
