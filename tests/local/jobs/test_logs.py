"""Logs: every line once, in both orders, whatever the bytes."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rescalehtc.local._jobs.logs import MAX_LINE, MAX_PAGE, LineSplitter, read_page
from rescalehtc.local._state.store import Store

pytestmark = pytest.mark.slow


def test_both_orders_and_every_page_size(htc: Any) -> None:
    job = htc.run(sys.executable, "-c", "for i in range(25): print(i, flush=i % 3 == 0)")
    path = f"{htc.path(job)}/logs"
    lines = [str(number) for number in range(25)]
    for size in (1, 7, 24, 25, 10_000):
        oldest = [line["message"] for line in htc.all(path, sort="asc", pageSize=size)]
        newest = [line["message"] for line in htc.all(path, sort="desc", pageSize=size)]
        assert oldest == lines
        assert newest == lines[::-1]
    assert htc.all(path) == htc.all(path, sort="desc")
    stamps = [line["timestamp"] for line in htc.all(path, sort="asc")]
    assert stamps == sorted(stamps)
    assert "next" not in htc.get(path, pageSize=25)
    assert "next" in htc.get(path, pageSize=24)


def test_a_log_can_be_read_while_it_is_written(htc: Any) -> None:
    task = htc.task()
    script = "echo one; while [ ! -e $TASK_SHARED_FOLDER/go ]; do sleep 0.01; done; echo two"
    htc.submit(task, "sh", "-c", script)
    htc.until(lambda: htc.all(f"{task}/jobs")[0]["status"] == "RUNNING")
    (job,) = htc.all(f"{task}/jobs")
    htc.until(lambda: htc.log(job) == ["one"], "the first line")
    parts = job["projectId"], job["taskId"]
    (htc.server.folder / "storage/projects/{}/tasks/{}/go".format(*parts)).touch()
    htc.finish(task)
    assert htc.log(job) == ["one", "two"]


def test_any_bytes(htc: Any) -> None:
    text = (
        r"import sys; w = sys.stdout.buffer.write; w(b'\xff\xfe|\x00|\xe2\x82\xac|\xe2\x82\n\n'); w('ü'.encode() * 3)"
    )
    job = htc.run(sys.executable, "-c", text)
    assert htc.log(job) == ["\ufffd\ufffd|\0|€|\ufffd", "", "üüü"]


def test_a_character_whose_bytes_arrive_separately_stays_whole(htc: Any) -> None:
    script = r"printf '\342'; sleep 0.05; printf '\202'; sleep 0.05; printf '\254\n'"
    assert htc.log(htc.run("sh", "-c", script)) == ["€"]


def test_a_very_long_line_becomes_several_events(htc: Any) -> None:
    job = htc.run(sys.executable, "-c", f"print('ü' * {MAX_LINE})")
    lines = htc.log(job)
    assert "".join(lines) == "ü" * MAX_LINE
    assert len(lines) == 2


def test_a_job_that_prints_without_end_does_not_stop_the_server(htc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rescalehtc.local._jobs.logs.MAX_LOG", 1_000_000)
    task = htc.task()
    htc.submit(task, "yes", "a line of some length", execTimeoutSeconds=60)
    (job,) = htc.all(f"{task}/jobs")

    def is_full() -> bool:
        last = htc.get(f"{htc.path(job)}/logs", pageSize=1)["items"]
        return bool(last) and "the log is full" in last[0]["message"]

    htc.until(is_full, "the full log")
    htc.server.clock.advance(60)
    (job,) = htc.finish(task)
    assert job["failureCode"] == "ErrorTimeout"
    (last,) = htc.get(f"{htc.path(job)}/logs", pageSize=1)["items"]
    assert "the log is full" in last["message"]


@given(st.lists(st.binary(max_size=40)), st.lists(st.integers(1, 9)))
def test_splitting_keeps_every_line_of_any_pieces(lines: list[bytes], steps: list[int]) -> None:
    lines = [line.replace(b"\n", b"").replace(b"\r", b"") for line in lines]
    data = b"".join(line + b"\n" for line in lines)
    splitter, found, place = LineSplitter(), list[str | None](), 0
    for step in steps:
        found.append(splitter.feed(data[place : place + step]))
        place += step
    found.append(splitter.feed(data[place:]))
    texts = [text for text in found if text is not None]
    shown = "\n".join(texts).split("\n") if texts else []
    assert shown == [line.decode("utf-8", "replace") for line in lines]
    assert splitter.finish() is None


@settings(max_examples=40)
@given(st.lists(st.integers(1, 5), max_size=8), st.integers(1, 7), st.booleans())
def test_pages_hold_every_line_once(chunks: list[int], size: int, newest_first: bool) -> None:
    store = Store()
    total = 0
    for count in chunks:
        text = "\n".join(str(number) for number in range(total, total + count))
        store.write("INSERT INTO log VALUES (?,?,?,?,?)", (1, total, count, total, text))
        total += count
    found: list[str] = []
    after = None
    while True:
        items, after = read_page(store, 1, after, size, newest_first)
        found += [item.rpartition('"message":"')[2].removesuffix('"}') for item in items]
        if after is None:
            break
        assert len(items) == size
    store.close()
    wanted = [str(number) for number in range(total)]
    assert found == (wanted[::-1] if newest_first else wanted)


def test_a_page_of_long_lines_is_shorter_and_none_is_lost(htc: Any) -> None:
    script = "for n in range(400): print(n, 'x' * 20_000)"
    job = htc.run(sys.executable, "-c", script)
    pages = list(htc.pages(f"{htc.path(job)}/logs", sort="asc", pageSize=10_000))
    assert len(pages) > 1
    assert max(sum(len(line["message"]) for line in page) for page in pages) < MAX_PAGE + 2 * MAX_LINE
    assert [line["message"].partition(" ")[0] for page in pages for line in page] == [str(n) for n in range(400)]
