"""What if: a scenario of new and stopped offers; in `fragile` what hangs on one offer; in `siting` where first.

Face: `scenario`, `compare`, `link`, `offer`, `words`, and the two rooms inside.
"""
