"""All that a program, a log or a crash reporter may show of an exception."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Iterator
from pathlib import Path

import rescalehtc
import rescalehtc_generated

_PACKAGES = [Path(rescalehtc.__file__).parent, Path(rescalehtc_generated.__file__).parent]


def everything_of(error: BaseException) -> Iterator[str]:
    """Its texts, its pickle, the variables of its frames in this package, and those of all that it is chained to."""
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    yield "".join(traceback.format_exception(error))
    yield pickle.dumps(error).decode("latin-1")
    while todo:
        each = todo.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            yield f"{each} {each!r} {each.args!r} {vars(each)!r}"
            for frame, _ in traceback.walk_tb(each.__traceback__):
                if any(Path(frame.f_code.co_filename).is_relative_to(folder) for folder in _PACKAGES):
                    yield f"{frame.f_code.co_name}: {frame.f_locals!r}"
            todo += [each.__cause__, each.__context__]
