"""An interrupt at a given step of a function, instead of at a random moment."""

from __future__ import annotations

import dis
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def interrupted_at(
    step: int, path: str, function: Callable[[], Any], *, like_signals: bool = False
) -> tuple[bool, BaseException | None]:
    """Call a function, with a KeyboardInterrupt before the given bytecode of the code below a path.

    Args:
        step: Which of them.
        path: File, or folder, of the code.
        function: What to call.
        like_signals: Count only the places where Python checks for signals: after calls, and at the start of functions.

    Returns:
        Whether there are so many steps, and the interrupt, if nothing caught it.
    """
    left = step
    last: dict[FrameType, str] = {}

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if not frame.f_code.co_filename.startswith(path):
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            before = last.get(frame, "RESUME")
            last[frame] = dis.opname[frame.f_code.co_code[frame.f_lasti]]
            if like_signals and not before.startswith(("CALL", "RESUME")):
                return trace
            left -= 1
            if left == 0:
                raise KeyboardInterrupt
        return trace

    tracer = sys.gettrace()
    # Python 3.12 looks for bytecodes only if a frame asked for them before tracing began.
    sys._getframe().f_trace_opcodes = True
    sys.settrace(trace)
    try:
        function()
    except KeyboardInterrupt as interrupt:
        return True, interrupt
    finally:
        sys.settrace(tracer)
    return left <= 0, None
