"""Talks with the provider: where people log in there, and who came back. Authlib and joserfc check what is said.

Authorization code flow with PKCE (RFC 7636), state and nonce; tokens signed with a key of the provider's, never with a
secret that both know.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests import RequestException

from ingest.errors import CamspoolError
from ingest.settings.values import Provider
from webadmin.provider.identity import is_issuer

SCOPE = "openid email profile"
PATIENCE_S = 10.0
LEEWAY_S = 120
_SIGNED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


@dataclass(frozen=True)
class Begun:
    """A log-in that has begun: where the browser goes, and what must come back with it."""

    address: str
    state: str
    nonce: str
    verifier: str


def begin(provider: Provider, back: str) -> Begun:
    """Return where people log in, who come `back` to that address. Raise CamspoolError when the provider is no help."""
    nonce, verifier = generate_token(32), generate_token(64)
    with _told_in_words(provider), _session(provider, None, back) as session:
        where = _discovered(provider, session)["authorization_endpoint"]
        address, state = session.create_authorization_url(where, nonce=nonce, code_verifier=verifier)
    return Begun(str(address), str(state), nonce, verifier)


def finish(provider: Provider, secret: str, back: str, code: str, nonce: str, verifier: str) -> dict[str, Any]:
    """Return what the provider says of who came back with a code. Raise CamspoolError when it is not for us, or old."""
    with _told_in_words(provider), _session(provider, secret, back) as session:
        found = _discovered(provider, session)
        token = session.fetch_token(found["token_endpoint"], code=code, code_verifier=verifier, timeout=PATIENCE_S)
        keys: Any = _read(session, str(found["jwks_uri"]))
        claims = _checked(provider, token, KeySet.import_key_set(keys), nonce)
        return _told_more(claims, session, found.get("userinfo_endpoint"), provider)


def _checked(provider: Provider, token: Mapping[str, Any], keys: KeySet, nonce: str) -> dict[str, Any]:
    registry = JWSRegistry(algorithms=list(_SIGNED), strict_check_header=False)
    signed = jwt.decode(str(token.get("id_token")), key=keys, registry=registry)
    issuer = provider.issuer.rstrip("/")
    asked = {
        "iss": {"essential": True, "values": [issuer, f"{issuer}/"]},
        "aud": {"essential": True, "values": [provider.client_id]},
    }
    about = {"nonce": nonce, "client_id": provider.client_id, "access_token": token.get("access_token")}
    claims = CodeIDToken(signed.claims, signed.header, asked, about)
    claims.validate(leeway=LEEWAY_S)
    return dict(claims)


def _told_more(claims: dict[str, Any], session: OAuth2Session, address: object, provider: Provider) -> dict[str, Any]:
    """Return the claims with what the provider tells of the same person when asked (OpenID Connect Core 1.0, 5.3.2)."""
    if not isinstance(address, str) or not is_safe(address, provider.issuer):
        return claims
    answer = session.get(address, timeout=PATIENCE_S)
    is_json = answer.ok and answer.headers.get("Content-Type", "").startswith("application/json")
    more = answer.json() if is_json else {}
    return {**more, **claims} if isinstance(more, dict) and more.get("sub") == claims["sub"] else claims


def _discovered(provider: Provider, session: OAuth2Session) -> dict[str, Any]:
    """Return what the provider says of itself (OpenID Connect Discovery 1.0), when it is the one that we know."""
    found = _read(session, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if not is_issuer(found.get("issuer"), provider):
        raise CamspoolError(f"The provider at {provider.issuer} calls itself another: set [provider] issuer to that.")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not is_safe(str(found.get(name)), provider.issuer):
            raise CamspoolError(f"The provider at {provider.issuer} names no safe address for {name}.")
    return found


def is_safe(address: str, issuer: str) -> bool:
    """Say whether an address is by TLS; without, only where the provider itself is one on this machine.

    >>> is_safe("https://a.example/x", "https://b.example"), is_safe("http://a.example/x", "https://b.example")
    (True, False)
    """
    parts, own = urlsplit(address), urlsplit(issuer)
    if parts.scheme == "https" and parts.netloc:
        return True
    is_here = own.scheme == "http" and own.hostname in ("localhost", "127.0.0.1", "::1")
    return is_here and parts.scheme == "http" and parts.netloc == own.netloc


def _read(session: OAuth2Session, address: str) -> dict[str, Any]:
    answer = session.get(address, timeout=PATIENCE_S, withhold_token=True)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise CamspoolError(f"{address} answers with something else than an object of JSON.")
    return found


def _session(provider: Provider, secret: str | None, back: str) -> OAuth2Session:
    return OAuth2Session(
        provider.client_id, secret, scope=SCOPE, redirect_uri=back, code_challenge_method="S256", leeway=LEEWAY_S
    )


@contextmanager
def _told_in_words(provider: Provider) -> Iterator[None]:
    try:
        yield
    except RequestException as error:
        raise CamspoolError(f"The provider at {provider.issuer} does not answer as it should: {error}.") from error
    except (AuthlibBaseError, JoseError) as error:
        raise CamspoolError(f"The provider at {provider.issuer} did not let you in: {error}.") from error
    except (ValueError, KeyError) as error:
        raise CamspoolError(
            f"The provider at {provider.issuer} answers in a way that cannot be read: {error}."
        ) from error
