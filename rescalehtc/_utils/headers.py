"""What may be sent as the value of a header, or as a key or token."""

from __future__ import annotations


def is_header_value(text: str) -> bool:
    """Whether a string is printable ASCII without spaces at its ends, which every server accepts."""
    return text.isascii() and text.isprintable() and text == text.strip()


def is_header_token(text: str) -> bool:
    """Whether a string is printable ASCII without spaces, as keys and tokens are."""
    return bool(text) and is_header_value(text) and " " not in text
