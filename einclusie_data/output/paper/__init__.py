"""One wijk, a network or the city on paper, as tagged PDF.

Face: `material`, `paper`, `sheet`.
"""
