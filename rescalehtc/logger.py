"""The logger, under the name that it has in 1.1.0."""

import logging

__all__ = ["logger"]

logger: logging.Logger = logging.getLogger("RESCALEHTC")
