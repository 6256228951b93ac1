"""What is given as text, HTML, Word, PDF or sheet: words and blocks with their looks, within limits."""
