"""Job text in, competencies with cited evidence out; choosing a role profile."""
