"""What a sync session has beyond an async one: the attributes of 1.1.0."""

from __future__ import annotations

from .._auth.token import Token
from .session_parts import SessionParts


class SessionBase(SessionParts):
    """Attributes that programs written for 1.1.0 use."""

    @property
    def RESCALE_HTC_BEARER_TOKEN(self) -> str:
        """The bearer token in use, renewed if it is due. A secret."""
        return self._get_token().value

    def _get_token(self) -> Token:
        raise NotImplementedError
