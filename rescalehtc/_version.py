"""Version of this package, and the name under which it calls."""

VERSION = "2.0.0"
USER_AGENT = f"rescalehtc/{VERSION}"
