"""What a page is made of: markup, components, map, matrix, cards, tables.

Face: its modules.
"""
