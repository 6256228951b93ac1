"""Who works with Prowess: users and their kinds."""
