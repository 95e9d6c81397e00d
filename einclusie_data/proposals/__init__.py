"""What if: a scenario of new and stopped offers; in `fragile` what hangs on one offer; in `siting` where first.

Face: `compare`, `document`, `fragile.offers`, `fragile.words`, `link`, `offer`, `scenario`, `siting.advice`,
`siting.demand`, `siting.words`, `words`.
"""
