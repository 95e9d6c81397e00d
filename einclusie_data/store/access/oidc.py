"""Signing in through a provider (OpenID Connect): who of those who come in that way is a trekker.

Streamlit's own `st.login` does the signing in. It needs `.streamlit/secrets.toml` on the server (never in the
repository, see `.gitignore`)::

    [auth]
    redirect_uri = "https://<address of the app>/oauth2callback"
    cookie_secret = "<at least 32 random characters: python -c 'import secrets; print(secrets.token_urlsafe(32))'>"
    client_id = "<from the provider>"
    client_secret = "<from the provider>"
    server_metadata_url = "https://<provider>/.well-known/openid-configuration"

(or another file, named in the environment: ``STREAMLIT_SECRETS_FILES``), and who may come in, in the environment too::

    EINCLUSIE_TREKKERS="An Peeters <an@example.org>, jan@example.org"

The provider must say that the address is verified (claim `email_verified`, scope `email`). Whoever it does not say so
of is refused. Streamlit keeps what the provider said in a cookie, for up to 30 days, and does not look how old it is;
so we look at when the provider said it (claim `iat`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Any


def allowed_by_oidc(claims: Mapping[str, Any], allowed: tuple[str, ...]) -> str | None:
    """The name of the trekker who signed in with a provider; None for anyone else.

    Parameters
    ----------
    claims : mapping
        What the provider says, as `st.user.to_dict()` gives it.
    allowed : tuple of str
        Addresses, with or without a name (see `settings.TREKKERS`). Case does not matter.

    Returns
    -------
    str or None
        The name that goes with the address in `allowed`, else the part before the @: never the name that people gave
        themselves at the provider.

    Examples
    --------
    >>> allowed_by_oidc({"email": "AN@example.org", "email_verified": True}, ("An Peeters <an@example.org>",))
    'An Peeters'
    >>> allowed_by_oidc({"email": "an@example.org", "email_verified": False}, ("an@example.org",)) is None
    True
    """
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        return None
    return _names_by_address(allowed).get(_comparable(email)) if email.isascii() else None


def issued_at(claims: Mapping[str, Any]) -> datetime | None:
    """When the provider said so (claim `iat`, in seconds since 1970); None when it does not say, or says no moment.

    Examples
    --------
    >>> issued_at({"iat": 1795442700}).isoformat()
    '2026-11-23T14:05:00+00:00'
    >>> issued_at({"iat": "gisteren"}) is None
    True
    """
    seconds = claims.get("iat")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def names_allowed(allowed: tuple[str, ...]) -> frozenset[str]:
    """The names of those who may sign in with a provider.

    Examples
    --------
    >>> sorted(names_allowed(("An Peeters <an@example.org>", "jan@example.org")))
    ['An Peeters', 'jan']
    """
    return frozenset(_names_by_address(allowed).values())


def _comparable(address: str) -> str:
    return address.strip().lower()


def _names_by_address(allowed: tuple[str, ...]) -> dict[str, str]:
    """Address -> name; what is no address names nobody."""
    parsed = [parseaddr(entry) for entry in allowed]
    return {
        _comparable(address): name.strip() or address.partition("@")[0]
        for name, address in parsed
        if "@" in address.strip("@")
    }
