"""Signing in: passwords, second factors, single sign-on, sessions; all by allauth, with the organisation's rules."""
