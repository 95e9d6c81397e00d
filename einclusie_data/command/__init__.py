"""The command line (DESIGN §5).

Face: `main` (`main`).
"""
