# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from typing import Any

from ..types import Model, field
from .public_key import PublicKey


class JsonWebKey(Model):
    """One public key. Keys in the standard form of RFC 7517 fill `kty`, `use`, `kid`, `alg`, `n` and `e`;
    the other fields belong to a second form.
    """

    algorithm: str | None = field("algorithm", default=None)
    """Algorithm in the second form."""
    key: PublicKey | None = field("key", default=None)
    """The key in the second form."""
    key_id: str | None = field("keyId", default=None)
    """Identifier of the key in the second form."""
    key_ops: list[str] | None = field("keyOps", default=None)
    """Operations that the key is meant for, in the second form."""
    key_type: str | None = field("keyType", default=None)
    """Type of the key in the second form."""
    other_parameters: dict[str, Any] | None = field("otherParameters", default=None)
    """Further parameters of the key in the second form, by name."""
    public_key: PublicKey | None = field("publicKey", default=None)
    """The public key in the second form. How it differs from `key` is not documented by the service."""
    use: str | None = field("use", default=None)
    """What the key is for: `sig` for signatures."""
    alg: str | None = field("alg", default=None)
    """Algorithm of the signature, `RS256`."""
    e: str | None = field("e", default=None)
    """Exponent of an RSA key, base64url."""
    kid: str | None = field("kid", default=None)
    """Identifier of the key, equal to `kid` in the header of the tokens it signs."""
    kty: str | None = field("kty", default=None)
    """Type of the key, `RSA`."""
    n: str | None = field("n", default=None)
    """Modulus of an RSA key, base64url."""
