"""Refuses an API description unless all of it can be turned into code without loss; names all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .grammar import misplaced
from .rules_calls import answer_problems, body_problems, parameter_problems, security_problems
from .rules_frame import (
    function_problems,
    operation_problems,
    path_problems,
    reference_problems,
    server_problems,
    standard_problems,
    value_problems,
)
from .rules_schemas import class_problems, enum_problems, field_problems, schema_problems, type_problems
from .spec import Problem, Spec

_FORM: tuple[Callable[[Spec], Iterator[Problem]], ...] = (
    lambda spec: misplaced(spec.document),
    reference_problems,
    operation_problems,
    value_problems,
)
_MEANING: tuple[Callable[[Spec], Iterator[Problem]], ...] = (
    path_problems,
    server_problems,
    security_problems,
    function_problems,
    class_problems,
    enum_problems,
    schema_problems,
    type_problems,
    field_problems,
    parameter_problems,
    body_problems,
    answer_problems,
)


def check_rules(spec: Spec) -> None:
    """Refuse a description that breaks a rule.

    Raises:
        SpecError: Names each place, what is wrong with it, and the remedy.
    """
    malformed = [problem for rule in _FORM for problem in rule(spec)]
    problems = list(malformed)
    for rule in _MEANING:
        try:
            problems += rule(spec)
        except (AttributeError, KeyError, IndexError, TypeError, ValueError, RecursionError):
            # It failed because of a problem that is named already.
            if not malformed:
                raise
    try:
        problems += [each for each in standard_problems(spec) if not _is_known(each, problems, spec)]
    except Exception:  # the validator itself fails on some malformed files
        if not problems:
            raise
    # The first rule that complains about a place says most about it.
    spec.refuse({problem.pointer: problem for problem in reversed(problems)}.values())


def _is_known(found: Problem, problems: list[Problem], spec: Spec) -> bool:
    root = found.pointer.removeprefix("#/").partition("/")[0]
    if problems and root not in spec.document:
        # The validator names a place inside a schema, but not the schema.
        return True
    known = {problem.pointer for problem in problems}
    return any(found.pointer.startswith(other) or other.startswith(found.pointer) for other in known)
