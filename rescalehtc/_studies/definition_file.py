"""The file next to a journal that holds what was submitted, so that jobs can be submitted again later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs

from .._records.submission import Submission
from .._utils.files import replacing
from ..definitions import JobDefinition
from ..exceptions import HtcJournalError


def path_of(journal: Path) -> Path:
    """The file that belongs to a journal."""
    return journal.with_name(journal.name + ".jobs")


def write(journal: Path, submission: Submission) -> None:
    """Store the definitions. They may hold secrets: only its owner can read the file.

    Raises:
        HtcJournalError: A definition is not JSON.
    """
    content = {
        "id": submission.id,
        "definitions": [_plain(submission, position) for position in range(len(submission.definitions))],
    }
    try:
        data = json.dumps(content, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise HtcJournalError(f"A journal cannot hold these jobs: {error}. Use plain JSON values.") from None
    with replacing(path_of(journal), mode=0o600) as file:
        file.write(data.encode())


def read(journal: Path, submission: Submission) -> list[JobDefinition]:
    """The definitions of a submission.

    Raises:
        HtcJournalError: The file is missing, or is not that of this submission.
    """
    file = path_of(journal)
    try:
        content: Any = json.loads(file.read_text(encoding="utf-8"))
        if content["id"] != submission.id:
            raise HtcJournalError(f"{file} belongs to another submission than {journal}.")
        definitions: list[JobDefinition] = []
        for fields, origin in zip(content["definitions"], submission.origins, strict=False):
            if origin < len(definitions):
                fields["parameters"] = definitions[origin].parameters
            definitions.append(JobDefinition(**fields))
        if len(definitions) < len(submission.origins):
            raise HtcJournalError(f"{file} is older than {journal}: definitions are missing.")
    except (OSError, ValueError, LookupError, TypeError) as error:
        if isinstance(error, HtcJournalError):
            raise
        raise HtcJournalError(
            f"{file}, which belongs to the journal, cannot be read: {type(error).__name__}. Restore it, or call submit "
            "with the same jobs."
        ) from None
    return definitions


def _plain(submission: Submission, position: int) -> dict[str, Any]:
    # A resubmitted definition has the parameters of its original.
    names = ("parameters",) if submission.origins[position] != position else ()
    return attrs.asdict(submission.definitions[position], filter=attrs.filters.exclude(*names))
