# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""JsonWebKey: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from operator import itemgetter
from typing import Any, ClassVar

import attrs

from ..types import (
    SURPRISES,
    Json,
    Layouts,
    Model,
    model_reader,
    read_surprising,
    unknown_fields,
    wire_names,
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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 13 else _NAMES | data
        try:
            (
                model.algorithm,
                model.key,
                model.key_id,
                model.key_ops,
                model.key_type,
                model.other_parameters,
                model.public_key,
                model.use,
                model.alg,
                model.e,
                model.kid,
                model.kty,
                model.n,
            ) = _values(sent)
            model.key = read_public_key(model.key)
            model.public_key = read_public_key(model.public_key)
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_json_web_key = model_reader(JsonWebKey)
_NAMES = wire_names(JsonWebKey)
_LAYOUTS = Layouts(JsonWebKey.WIRE_NAMES)
_values = itemgetter(*_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "key": read_public_key,
        "publicKey": read_public_key,
    }
