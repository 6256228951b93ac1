"""The Django project: settings, root addresses, base templates, start page."""
