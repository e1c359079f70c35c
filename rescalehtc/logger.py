"""The logger of 1.1.0, under its name."""

import logging

__all__ = ["logger"]

logger: logging.Logger = logging.getLogger("RESCALEHTC")
