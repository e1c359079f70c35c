"""Make the pictures of the documentation from real runs of the examples on a local server.

Needs the dependency group ``pictures`` and Chromium; ``make pictures`` takes care of the former.
"""

from __future__ import annotations

import csv
import io
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matplotlib import pyplot
from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.text import Text

from rescalehtc.local import LocalServer

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
PICTURES = ROOT / "docs" / "_static" / "pictures"
WIDTH = 92


def main() -> None:
    """Make all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, LocalServer(speed=20) as server, browser() as page:
        work = Path(folder)
        environment = {
            **os.environ,
            "COLUMNS": str(WIDTH),
            "HOME": folder,
            "PYTHONPATH": str(EXAMPLES),
            **server.environment,
            "TERM": "xterm-256color",
        }
        terminal("parameter_sweep.py", work, environment)
        plot(work / "lift.csv")
        notebook(page, work, environment)
        local_server(page, server)


def terminal(program: str, work: Path, environment: dict[str, str]) -> None:
    """Draw what a terminal shows of a program, with its progress bar."""
    output = in_terminal([sys.executable, str(EXAMPLES / program)], work, environment)
    # A bar is drawn over and over: only its last state is left on the screen.
    erased = r"[^\n]*\n[^\n]*\r\x1b\[2K\x1b\[1A\x1b\[2K|[^\n]*\r\x1b\[2K|\x1b\[\?25[lh]"
    shown = re.sub(erased, "", output.replace("\r\n", "\n"))
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(f"$ python {program}\n{shown.rstrip()}"))
    svg = console.export_svg(title="rescalehtc")
    # Fonts from another host would tell it who reads the documentation.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    write("terminal.svg", svg.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, monospace").encode())


def in_terminal(command: list[str], work: Path, environment: dict[str, str]) -> str:
    """Run a program in a terminal and return all that it writes."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, cwd=work, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    output = b""
    try:
        while chunk := os.read(ours, 65536):
            output += chunk
    except OSError:
        pass  # how Linux says that the other side has closed the terminal
    os.close(ours)
    if process.wait():
        sys.exit(output.decode())
    return output.decode()


def plot(results: Path) -> None:
    """Draw the results of the sweep as a curve."""
    with results.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    figure, axes = pyplot.subplots(figsize=(7, 3.5), layout="constrained")
    axes.plot([float(row["angle"]) for row in rows], [float(row["lift"]) for row in rows], marker="o")
    axes.set(xlabel="angle of attack in degrees", ylabel="lift", title="One job for each angle")
    axes.grid(alpha=0.3)
    target = io.BytesIO()
    figure.savefig(target, format="svg", metadata={"Date": None})
    write("plot.svg", target.getvalue())


def notebook(page: Page, work: Path, environment: dict[str, str]) -> None:
    """Show the notebook with the outputs of its cells."""
    command = ["-m", "nbconvert", "--to", "html", "--execute", "--output-dir", str(work), "--log-level", "ERROR"]
    subprocess.run([sys.executable, *command, str(EXAMPLES / "notebook.ipynb")], env=environment, check=True)
    page.set_viewport_size({"width": 1080, "height": 760})
    page.goto((work / "notebook.html").as_uri())
    page.locator(".jp-Cell", has_text="get_results").last.scroll_into_view_if_needed()
    write("notebook.png", page.screenshot())


def local_server(page: Page, server: LocalServer) -> None:
    """Show the page of the local server: the jobs of the notebook's task."""
    page.set_viewport_size({"width": 1080, "height": 620})
    page.goto(server.page_url)
    page.locator("input").first.fill(server.api_key)
    page.locator("button").first.click()
    page.get_by_role("link", name="notebook").first.click()
    page.get_by_text("FAILED").first.wait_for()
    write("local-server.png", page.screenshot())


@contextmanager
def browser() -> Iterator[Page]:
    """A page of Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is missing: install it with the package manager of your system.")
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield instance.new_page()
        instance.close()


def write(name: str, content: bytes) -> None:
    """Store a picture."""
    (PICTURES / name).write_bytes(content)
    print(f"{PICTURES.relative_to(ROOT)}/{name}: {len(content) // 1024 + 1} KiB")


if __name__ == "__main__":
    main()
