# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""JsonWebKey: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    Json,
    Layouts,
    Model,
    model_reader,
    unknown_fields,
    wire_values,
)
from .public_key import PublicKey, read_public_key


@attrs.define(kw_only=True, repr=False)
class JsonWebKey(Model):
    """One public key. Keys in the standard form of RFC 7517 fill `kty`, `use`, `kid`, `alg`, `n` and `e`;
    the other fields belong to a second form.
    """

    algorithm: str | None = None
    """Algorithm in the second form."""
    key: PublicKey | None = None
    """The key in the second form."""
    key_id: str | None = None
    """Identifier of the key in the second form."""
    key_ops: list[str] | None = None
    """Operations that the key is meant for, in the second form."""
    key_type: str | None = None
    """Family of the key in the second form."""
    other_parameters: dict[str, Any] | None = None
    """Further parameters of the key in the second form, by name."""
    public_key: PublicKey | None = None
    """The public key in the second form. How it differs from `key` is not documented by the service."""
    use: str | None = None
    """What the key is for: `sig` for signatures."""
    alg: str | None = None
    """Algorithm of the signature, `RS256`."""
    e: str | None = None
    """Exponent of an RSA key, base64url."""
    kid: str | None = None
    """Identifier of the key, equal to `kid` in the header of the tokens it signs."""
    kty: str | None = None
    """Family of the key, `RSA`."""
    n: str | None = None
    """Modulus of an RSA key, base64url."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "algorithm": "algorithm",
        "key": "key",
        "keyId": "key_id",
        "keyOps": "key_ops",
        "keyType": "key_type",
        "otherParameters": "other_parameters",
        "publicKey": "public_key",
        "use": "use",
        "alg": "alg",
        "e": "e",
        "kid": "kid",
        "kty": "kty",
        "n": "n",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.algorithm = get("algorithm")
        model.key = read_public_key(get("key"))
        model.key_id = get("keyId")
        model.key_ops = get("keyOps")
        model.key_type = get("keyType")
        model.other_parameters = get("otherParameters")
        model.public_key = read_public_key(get("publicKey"))
        model.use = get("use")
        model.alg = get("alg")
        model.e = get("e")
        model.kid = get("kid")
        model.kty = get("kty")
        model.n = get("n")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_json_web_key = model_reader(JsonWebKey)
_LAYOUTS = Layouts(JsonWebKey.WIRE_NAMES)
