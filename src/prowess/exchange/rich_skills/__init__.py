"""rich_skills"""
