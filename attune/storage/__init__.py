"""What is kept: sessions, answers and what two people shared in one SQLite file, their films beside it.

Knows SQL and durability; must not know how answers come about or are shown.
"""
