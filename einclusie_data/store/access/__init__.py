"""Who may act as trekker: passwords, codes, providers, attempts and sessions.

Face: `guard` (`Session`, `require_trekker`, `sign_in`), `desk`, `sessions`, `oidc`.
"""
