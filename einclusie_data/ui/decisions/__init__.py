"""The page Besluiten.

Face: `page`.
"""
