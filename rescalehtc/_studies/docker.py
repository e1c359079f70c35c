"""Runs the docker command line, always with lists of arguments and never through a shell."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from ..exceptions import HtcException

# A name that began with a dash would be taken for an option.
_IMAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*:[A-Za-z0-9_][A-Za-z0-9._-]*", re.ASCII)


def check_image_name(name: str) -> str:
    """``name``, if it is a name with a tag.

    Raises:
        HtcException: It is not.
    """
    if not _IMAGE.fullmatch(name):
        raise HtcException(f"An image must be named with its tag, as in solver:v2, not {name!r}.")
    return name


def image_id(name: str) -> str:
    """Hexadecimal identifier of a local image.

    Raises:
        HtcException: There is no such image, or docker cannot be run.
    """
    output = run_docker(["images", "--format", "json", "--no-trunc", name], "look at the local image", capture=True)
    # One line for each image of this name and tag.
    first = output.strip().partition("\n")[0]
    if not first:
        raise HtcException(f"There is no local image {name}. If it is a remote one, run: docker pull {name}")
    try:
        image: dict[str, Any] = json.loads(first)
        algorithm, _, digits = str(image["ID"]).partition(":")
    except (ValueError, KeyError, TypeError):
        algorithm = digits = ""
    if not algorithm or not digits:
        raise HtcException(f"docker describes the image {name} in a form that this version does not understand.")
    return digits


def run_docker(
    arguments: Sequence[str], purpose: str, *, secret: str | None = None, quiet: bool = False, capture: bool = False
) -> str:
    """Run docker and return what it printed, if that is captured.

    Args:
        arguments: Arguments after ``docker``.
        purpose: What it is run for, for messages.
        secret: Text for its standard input: every user of the machine can see command lines.
        quiet: Whether to hide what it prints.
        capture: Whether to return what it prints.

    Raises:
        HtcException: docker cannot be run, or fails.
    """
    target = subprocess.PIPE if capture else subprocess.DEVNULL if quiet else None
    sys.stdout.flush()
    try:
        result = subprocess.run(
            ["docker", *arguments],
            input=None if secret is None else secret.encode(),
            stdin=subprocess.DEVNULL if secret is None else None,
            stdout=target,
            stderr=subprocess.PIPE if capture else subprocess.STDOUT,
            check=True,
        )
    except OSError as error:
        raise HtcException(
            f"docker cannot be run to {purpose} ({error.strerror}). It must be installed and usable by this user."
        ) from None
    except subprocess.CalledProcessError as error:
        said = (error.stderr or b"").decode("utf-8", "replace").strip()
        raise HtcException(
            f"docker could not {purpose} (exit status {error.returncode}){': ' + said if said else ''}."
        ) from None
    return result.stdout.decode("utf-8", "replace") if capture else ""
