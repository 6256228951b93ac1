"""Template tags of the sign-in app."""
