"""Who may act as trekker: passwords, codes, providers, attempts and sessions.

Face: `desk`, `guard` (`Session`, `require_trekker`, `sign_in`), `oidc`.
"""
