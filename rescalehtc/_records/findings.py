"""What a check before a submission found."""

from __future__ import annotations

import attrs

from .._utils.html import html_table


@attrs.frozen
class Finding:
    """A reason for which the service would, or might, refuse jobs or never start them.

    Attributes:
        subject: What it is about, such as ``max_vcpus``.
        text: What is wrong, and the nearest alternative.
        blocks: Whether it keeps the jobs from running. If not, it is a hint.
    """

    subject: str
    text: str
    blocks: bool = True

    def __str__(self) -> str:
        return self.text


class Findings(list[Finding]):
    """A list of findings that renders as a table in notebooks."""

    @property
    def blocking(self) -> Findings:
        """Those that keep jobs from running."""
        return Findings(finding for finding in self if finding.blocks)

    def _repr_html_(self) -> str:
        return html_table(
            ("subject", "finding", "blocks"), [(each.subject, each.text, "yes" if each.blocks else "") for each in self]
        )
