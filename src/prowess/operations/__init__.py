"""Running an installation: is it sound, backing up, restoring, moving to another database, measuring it."""
