"""What is kept: sessions and answers in one SQLite file.

Knows SQL and durability; must not know how answers come about or are shown.
"""
