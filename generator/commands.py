"""The commands of ``python -m generator``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from .changes import report
from .changes.compare import compare
from .changes.ledger import LEDGER, Comparison, explain, read_ledger
from .changes.public import read_public
from .changes.release import CHANGELOG, draft, last_release, next_version, surface_at, surface_changes, write_draft
from .changes.surface import SURFACE, surface, surface_difference
from .changes.update import PUBLIC, follow, keep
from .client import sync
from .client.build import OUTPUT, SPEC, build, check
from .client.deprecated import current_version
from .client.spec import Spec, SpecError

Options = argparse.Namespace
COMMAND = "python -m generator"
_PURPOSE = """Generate the client code from the API description, and follow the service's changes.

Exit codes: 0 for success, 1 for a difference, 2 for a description that cannot be used.
"""


def run(arguments: list[str] | None = None) -> int:
    """Run one command; 0 for success, 1 for a difference.

    Raises:
        SpecError: A description cannot be used.
    """
    options = _parser().parse_args(arguments)
    command: Callable[[Options], int] = options.run
    return command(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=COMMAND, description=_PURPOSE)
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, run, purpose in (
        ("build", _build, "rebuild generated/"),
        ("check", _check, "check that generated/ matches the description"),
    ):
        command = commands.add_parser(name, help=purpose, description=purpose)
        command.add_argument("--spec", type=Path, default=SPEC, help="the API description")
        command.add_argument("--output", type=Path, default=OUTPUT, help="the folder of the generated package")
        command.set_defaults(run=run)

    purpose = "derive the sync code of rescalehtc from its async code"
    command = commands.add_parser("sync", help=purpose, description=purpose)
    command.add_argument("--check", action="store_true", help="only check that it is up to date")
    command.set_defaults(run=_sync)

    for name, run, purpose in (
        ("update", _update, "go step by step from a public description to the draft of a release"),
        ("compare", _compare, "show how a public description differs from ours"),
    ):
        command = commands.add_parser(name, help=purpose, description=purpose)
        command.add_argument("public", metavar="NEW", help="path or address of the public description, - for stdin")
        command.add_argument("--spec", type=Path, default=SPEC, help="our API description")
        command.add_argument("--ledger", type=Path, default=LEDGER, help="our intended deviations")
        command.set_defaults(run=run)
    command.add_argument("--since", metavar="OLD", help="compare with this public description, prose included")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json", help="for programs")
    form.add_argument("--markdown", dest="form", action="store_const", const="markdown", help="for an issue")
    form.add_argument("--draft", dest="form", action="store_const", const="draft", help="as an entry of the ledger")

    purpose = "check that the public Python surface is the committed one"
    command = commands.add_parser("surface", help=purpose, description=purpose)
    command.add_argument("--write", action="store_true", help="announce the current surface")
    command.set_defaults(run=_surface)

    purpose = "show what changed for users since the last release, and draft the changelog"
    command = commands.add_parser("changes", help=purpose, description=purpose)
    command.add_argument("--since", metavar="COMMIT", help="instead of the last release tag")
    command.add_argument("--write", action="store_true", help="put the draft into CHANGELOG.md")
    command.set_defaults(run=_changes)
    return parser


def _build(options: Options) -> int:
    print(f"{build(options.spec, options.output)} files generated from {options.spec.name}")
    return 0


def _check(options: Options) -> int:
    difference = check(options.spec, options.output)
    if difference:
        print(difference, end="")
        print(f"{options.output.name} does not match {options.spec.name}: run `make generate`.", file=sys.stderr)
        return 1
    print(f"{options.output.name} is up to date with {options.spec.name}")
    return _ahead() if options.spec == SPEC else 0


def _ahead() -> int:
    """Whether our file says more than the stored public description, because someone has edited it by hand."""
    ours = Spec(SPEC)
    comparison = explain(compare(ours.document, read_public(str(PUBLIC))), read_ledger(LEDGER))
    if comparison.clean:
        return 0
    print(report.as_ahead(comparison, ours), file=sys.stderr, end="")
    return 1


def _sync(options: Options) -> int:
    if not options.check:
        print(f"{sync.write()} sync modules derived from their async sources")
        return 0
    difference = sync.check()
    if difference:
        print(difference, end="")
        print("Edit the async source, then run `make generate`.", file=sys.stderr)
        return 1
    print("The derived sync code is up to date")
    return 0


def _compare(options: Options) -> int:
    comparison = _compared(options)
    name = _name(options)
    if options.form == "draft":
        print(report.as_ledger_entry(comparison.unexplained), end="")
    else:
        forms = {"json": report.as_json, "markdown": report.as_markdown}
        print(forms.get(options.form, report.as_text)(comparison, name), end="")
    return 0 if comparison.clean else 1


def _update(options: Options) -> int:
    comparison = _compared(options)
    print(report.as_text(comparison, _name(options)), end="")
    if comparison.clean:
        keep(options.document)
    return follow(comparison, Spec(options.spec))


def _compared(options: Options) -> Comparison:
    public = options.document = read_public(options.public)
    since = getattr(options, "since", None)
    ours = read_public(since) if since else Spec(options.spec).document
    try:
        changes = compare(ours, public, prose=bool(since))
    except (AttributeError, KeyError, RecursionError, TypeError) as error:
        raise SpecError(
            f"{options.public} is not a well-formed OpenAPI description ({error!r})", "Report it to the service."
        ) from error
    return explain(changes, [] if since else read_ledger(options.ledger))


def _name(options: Options) -> str:
    return "The public description" if options.public == "-" else options.public.rpartition("/")[2]


def _surface(options: Options) -> int:
    if options.write:
        SURFACE.write_text(surface(), encoding="utf-8")
        print(f"{SURFACE.name} written")
        return 0
    difference = surface_difference()
    if difference:
        print(difference, end="")
        print("The public surface is not the committed one. If this is intended, run `make surface`.", file=sys.stderr)
        return 1
    print(f"The public surface matches {SURFACE.name}")
    return 0


def _changes(options: Options) -> int:
    since = options.since or last_release()
    if since is None:
        print("There is no release yet: nothing to compare with. The changelog of the first one is written by hand.")
        return 0
    changes = surface_changes(surface_at(since), surface())
    tagged = since.removeprefix("v")
    version = next_version(tagged if tagged.count(".") == 2 else current_version(), changes)
    words = {"breaking": "Breaking", "announced": "Removed as announced", "additive": "Additive"}
    for impact, title in words.items():
        chosen = [change for change in changes if change.impact == impact]
        if chosen:
            print(f"{title}: {len(chosen)}")
            print("".join(f"  {change.kind} {change.name}: {change.what}\n" for change in chosen))
    print(f"Since {since} the next version is {version}.\n")
    text = draft(version, changes)
    print(text)
    if options.write:
        write_draft(text)
        print(f"{CHANGELOG.name} has the draft; put it into your own words.")
    return 0
