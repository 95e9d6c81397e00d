"""What a page is made of: markup, components, map, matrix, cards, tables.

Face: `cards`, `choice_table`, `component`, `gaps`, `map`, `markup`, `matrix`, `now_then`.
"""
