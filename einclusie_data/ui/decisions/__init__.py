"""The page Besluiten.

Face: `choices`, `fields`, `form`, `listing`, `page`.
"""
