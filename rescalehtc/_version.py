"""Version of this package, and its User-Agent header."""

VERSION = "2.0.0"
USER_AGENT = f"rescalehtc/{VERSION}"
