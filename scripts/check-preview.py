#!/usr/bin/env python3
"""Looks at `trainfree preview` as a reader does, in headless Chromium.

usage: check-preview.py [--pictures FOLDER] [BINARY]: .build/release/trainfree when left out.

Checked are: the page is loaded again when the spec changes, and what was in view, opened, sorted and filtered stays so, with the theme; a
problem stands at the top and at its place, and goes when it is mended; a spec that has problems from the beginning is a page of them; the
page asks for nothing but the preview, and its log is empty; nothing scrolls sideways at 390 pixels, contrasts suffice in both themes, and
nothing of the preview is printed. Without chromium it says `skipped` and exits with 0.
"""

import importlib.util
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

root = pathlib.Path(__file__).resolve().parent.parent
loader = importlib.util.spec_from_file_location("browser_check", root / "scripts/browser-check.py")
checks = importlib.util.module_from_spec(loader)
loader.loader.exec_module(checks)

VIEWS = (("light", "light", 1280), ("dark", "dark", 1280), ("narrow", "light", 390))
# The quickstart with fewer cells and seeds.
SMALLER = (("count: 64", "count: 12"), ("seeds: [0, 1, 2]", "seeds: [0, 1]"), ("resamples: 1999", "resamples: 199"))

ARRANGE = r"""
document.getElementById("theme").click();
const table = document.getElementById("table-size");
table.querySelectorAll("thead tr:last-child th button")[1].click();
const filter = table.querySelector(".filter");
filter.value = "jacobian";
filter.dispatchEvent(new Event("input"));
for (const part of document.querySelectorAll("#figure-stability details")) part.open = true;
const place = document.getElementById("section-how-stable-each-is");
scrollTo({ top: scrollY + place.getBoundingClientRect().top - 200, behavior: "instant" });
await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
return 0;
"""
PLACE = r"""
const table = document.getElementById("table-size");
const heads = [...table.querySelectorAll("thead tr:last-child th")];
return JSON.stringify({
  top: Math.round(document.getElementById("section-how-stable-each-is").getBoundingClientRect().top),
  theme: document.documentElement.dataset.theme || "",
  sorted: heads.map((head) => head.getAttribute("aria-sort")),
  rows: [...table.querySelectorAll("tbody tr")].filter((row) => !row.hidden).map((row) => row.cells[0].textContent),
  open: [...document.querySelectorAll("main details")].filter((part) => part.open).length,
});
"""
PRINTED = r"""
return [...document.querySelectorAll("#preview, .preview-problems, .preview-note, .preview-bar")]
  .filter((item) => item.getClientRects().length).map((item) => "printed: " + (item.id || item.className));
"""


class Preview:
    """A preview of a spec in a folder of its own."""

    def __init__(self, binary, folder, spec):
        self.spec = pathlib.Path(folder) / "analysis.yaml"
        self.spec.write_text(spec)
        self.process = subprocess.Popen(
            [binary, "preview", "analysis.yaml", "-q"], cwd=folder, stdout=subprocess.PIPE, text=True,
            env=dict(os.environ, TRAINFREE_HOME=str(root)))
        line = self.process.stdout.readline()
        if not line.startswith("preview: "):
            raise SystemExit(f"no address: {line}")
        self.address = line.split()[1]

    def edit(self, old, new):
        text = self.spec.read_text()
        if old not in text:
            raise SystemExit(f"the spec has no {old}")
        self.spec.write_text(text.replace(old, new, 1))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)


def wait(browser, condition, what, seconds=120):
    """Waits until an expression of the page is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if browser.run(f"return Boolean({condition});") is True:
            return []
        time.sleep(0.1)
    return [f"{what} did not come"]


def look(browser, name, pictures, views=VIEWS):
    """Every problem of how the page looks now."""
    problems = []
    for view, scheme, width in views:
        browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        browser.call("Emulation.setEmulatedMedia", media="screen", features=[{"name": "prefers-color-scheme", "value": scheme}])
        browser.run("await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))); return 0;")
        problems += [f"{name} ({view}): {problem}" for problem in browser.run(checks.OVERFLOW) + browser.run(checks.CONTRAST)]
        if pictures:
            data = browser.call("Page.captureScreenshot", format="png")["data"]
            (pictures / f"{name}-{view}.png").write_bytes(checks.base64.b64decode(data))
    browser.call("Emulation.setDeviceMetricsOverride", width=1280, height=900, deviceScaleFactor=1, mobile=False)
    browser.call("Emulation.setEmulatedMedia", media="print", features=[])
    problems += [f"{name}: {problem}" for problem in browser.run(PRINTED)]
    browser.call("Emulation.setEmulatedMedia", media="screen", features=[{"name": "prefers-color-scheme", "value": "light"}])
    return problems


def check(browser, preview, pictures):
    problems = []
    ready = 'document.querySelector(".preview-bar")?.dataset.phase === "ready"'
    failed = 'document.querySelector(".preview-bar")?.dataset.phase === "failed"'
    browser.open(preview.address)
    problems += wait(browser, failed, "the page of problems")
    problems += look(browser, "broken-from-the-start", pictures)
    preview.edit("titel:", "title:")
    problems += wait(browser, ready + ' && document.getElementById("table-size")', "the report")
    problems += look(browser, "ready", pictures)

    browser.run(ARRANGE)
    before = browser.run(PLACE)
    if pictures:
        (pictures / "place-before.png").write_bytes(checks.base64.b64decode(browser.call("Page.captureScreenshot", format="png")["data"]))
    preview.edit("Nothing is trained here.", "A sentence that is new. " * 60 + "Nothing is trained here.")
    problems += wait(browser, 'document.body.textContent.includes("A sentence that is new.")', "the new sentence")
    problems += wait(browser, ready, "the end of the run")
    after = browser.run(PLACE)
    if before != after:
        problems.append(f"the reader's place is another: {before} is now {after}")
    if pictures:
        (pictures / "place-after.png").write_bytes(checks.base64.b64decode(browser.call("Page.captureScreenshot", format="png")["data"]))
    browser.run('document.getElementById("theme").click(); delete document.documentElement.dataset.theme; return 0;')

    preview.edit("size.best.title", "size.best.titel")
    problems += wait(browser, failed + ' && document.querySelector(".preview-problems")', "the problem")
    browser.run('scrollTo({ top: 0, behavior: "instant" }); return 0;')
    problems += look(browser, "problem", pictures)
    preview.edit("size.best.titel", "size.best.title")
    preview.edit("name: stability", "name: stability, captio: x")
    problems += wait(browser, 'document.querySelector("#figure-stability > .preview-note")', "the problem at its figure")
    browser.run('document.querySelector(".preview-goto").click(); return 0;')
    focused = browser.run("return document.activeElement.className;")
    if "preview-note" not in focused:
        problems.append(f"the link to the place does not take the focus there: {focused}")
    problems += look(browser, "problem-in-place", pictures)
    preview.edit("name: stability, captio: x", "name: stability")
    problems += wait(browser, ready + ' && !document.querySelector(".preview-problems, .preview-note")', "the end of the problem")
    status = browser.run('return document.querySelector("#preview [role=status]").textContent;')
    if "up to date" not in status:
        problems.append(f"the end of the problem is not announced: {status}")
    return problems


def main(arguments):
    pictures = None
    if arguments[:1] == ["--pictures"]:
        pictures = pathlib.Path(arguments[1])
        pictures.mkdir(parents=True, exist_ok=True)
        arguments = arguments[2:]
    if len(arguments) > 1 or arguments[:1] and arguments[0].startswith("-"):
        print(__doc__.split("usage: ")[1].splitlines()[0], file=sys.stderr)
        return 64
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not program:
        print("skipped: no chromium; the preview was not opened in a browser")
        return 0
    binary = str(pathlib.Path(arguments[0] if arguments else root / ".build/release/trainfree").resolve())
    spec = (root / "analyses/quickstart.yaml").read_text().split("\n", 1)[1]
    for old, new in SMALLER:
        spec = spec.replace(old, new)
    browser = checks.Browser(program)
    with tempfile.TemporaryDirectory() as folder:
        preview = Preview(binary, folder, spec.replace("\ntitle:", "\ntitel:", 1))
        try:
            browser.call("Network.enable")
            asked = []
            take = browser.take

            def listen(message):
                if message.get("method") == "Network.requestWillBeSent":
                    asked.append(message["params"]["request"]["url"])
                take(message)

            browser.take = listen
            problems = check(browser, preview, pictures) + browser.log
            problems += [f"asked for {address}" for address in sorted(set(asked)) if not address.startswith((preview.address, "data:"))]
        finally:
            browser.close()
            status = preview.stop()
    if status != 0:
        problems.append(f"the preview ended with {status}")
    print(f"preview: {len(problems)} problems")
    for problem in problems:
        print(f"  {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
