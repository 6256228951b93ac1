"""HR Open: position profiles, job descriptions and job postings with their competencies."""
