#!/usr/bin/env python3
"""Opens pages in headless Chromium and holds each against what a reader may expect; exits with 1 when something is wrong.

Needs no package: it speaks the DevTools protocol with `chromium` over a pipe. Checked are, for each page:

- it weighs at most 1.5 MB, asks for nothing, and its log is empty;
- at 1280 and at 390 pixels it does not scroll sideways (wide tables and figures scroll inside themselves, and say so);
- no line ends inside what belongs together, such as τ-b, GPT-2 or 73 %;
- a head over columns of a table stands over two at least;
- at 1280 pixels the first figure begins within the first 900;
- the words of every figure are text, which a search in the page finds;
- in print the heads of tables are repeated, their buttons do not stand in the way, nothing is cut at the paper's edge, and
  captions are no larger than the text;
- text has a contrast of at least 4.5 to 1 in both themes;
- a head of a table stays in sight while the page scrolls over it; a filter leaves the rows that have its words.

usage: browser-check.py [--pictures FOLDER] PAGE.html…
With --pictures, pictures of every page in every view are left in the folder, and its print as PDF.
Without chromium it says `skipped` and exits with 0.
"""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

WEIGHT = 1_500_000
FIRST_FIGURE = 900
VIEWS = (("light", "screen", "light", 1280), ("dark", "screen", "dark", 1280), ("narrow", "screen", "light", 390),
         ("print", "print", "light", 680))

OVERFLOW = r"""
const problems = [];
const root = document.documentElement;
if (root.scrollWidth > root.clientWidth) {
  const wide = [...document.querySelectorAll("body *")].filter((item) => item.getBoundingClientRect().right > root.clientWidth + 1
    && !item.closest(".table, .drawing, pre, .skip, #spoken"));
  problems.push("the page scrolls sideways: " + root.scrollWidth + " px, at " + wide.slice(0, 3).map((item) => item.tagName + "." + item.className).join(", "));
}
for (const box of document.querySelectorAll(".table, .drawing")) {
  if (box.scrollWidth <= box.clientWidth + 1 || !box.getClientRects().length) continue;
  const part = box.closest(".tabled, figure") || box.parentElement;
  if (part.matches(".tabled, figure") && ![...part.querySelectorAll(".more")].some((hint) => !hint.hidden)) problems.push("what scrolls sideways does not say so: " + part.id);
  if (box.tabIndex < 0) problems.push("what scrolls sideways cannot be reached by keyboard: " + part.id);
}
for (const word of document.querySelectorAll(".whole")) {
  const tops = new Set([...word.getClientRects()].map((box) => Math.round(box.top)));
  if (tops.size > 1) problems.push("a line ends inside: " + word.textContent);
}
const split = /(?:τ|GPT)-[ab\d]|\d %/g;
for (const place of document.querySelectorAll("main :is(p, li, h2, h3, figcaption, .caption)")) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("svg, pre, code, .table") || !node.parentElement.getClientRects().length) continue;
    for (const found of node.data.matchAll(split)) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const tops = new Set([...range.getClientRects()].filter((box) => box.width > 0).map((box) => Math.round(box.top)));
      if (tops.size > 1) problems.push("a line ends inside " + found[0] + ": " + node.data.slice(Math.max(0, found.index - 20), found.index + 20));
    }
  }
}
for (const head of document.querySelectorAll("th[scope=colgroup]")) {
  if (head.colSpan < 2) problems.push("a head over one column: " + head.textContent);
}
for (const caption of document.querySelectorAll("figcaption, .caption")) {
  if (caption.closest(".table, .drawing")) problems.push("a caption scrolls away with its table");
  if (caption.getClientRects().length && caption.getBoundingClientRect().right > root.clientWidth + 1) problems.push("a caption is cut: " + caption.textContent.slice(0, 40));
}
return problems;
"""
FIGURES = r"""
const problems = [];
const figures = [...document.querySelectorAll("figure")];
const top = figures.length ? Math.round(figures[0].getBoundingClientRect().top + scrollY) : 0;
if (top > FIRST) problems.push("the first figure begins at " + top + " px");
for (const figure of figures) {
  const words = [...figure.querySelectorAll(".drawing svg text")].map((item) => item.textContent).join("");
  if (figure.querySelector(".drawing svg") && !words.trim()) problems.push("the words of " + figure.id + " are not text");
}
const requests = performance.getEntriesByType("resource").filter((entry) => !entry.name.startsWith("data:"));
if (requests.length) problems.push("the page loads " + requests.slice(0, 3).map((entry) => entry.name).join(", "));
return problems;
"""
CONTRAST = r"""
const problems = [];
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const rgb = (color) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
};
const light = (color) => color.slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
const ground = (item) => {
  for (let at = item; at; at = at.parentElement) {
    const color = rgb(getComputedStyle(at).backgroundColor);
    if (color[3] === 255) return color;
  }
  return [255, 255, 255, 255];
};
const seen = new Set();
for (const item of document.querySelectorAll("body *:not(svg, svg *, script)")) {
  if (![...item.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
  const style = getComputedStyle(item);
  if (!item.getClientRects().length || style.opacity === "0") continue;
  const key = style.color + item.className + item.tagName;
  if (seen.has(key)) continue;
  seen.add(key);
  const [one, other] = [light(rgb(style.color)), light(ground(item))].sort((a, b) => b - a);
  const ratio = (one + 0.05) / (other + 0.05);
  if (ratio < 4.5) problems.push("contrast " + ratio.toFixed(2) + ": " + item.tagName + "." + item.className + " " + item.textContent.trim().slice(0, 30));
}
return problems;
"""
READING = r"""
const problems = [];
const settle = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
const long = [...document.querySelectorAll(".tabled.fits")].find((part) => !part.closest("details") && part.getBoundingClientRect().height > innerHeight);
if (long) {
  const body = long.querySelector("tbody").getBoundingClientRect();
  scrollTo(0, scrollY + body.top + body.height / 2);
  await settle();
  const top = long.querySelector("thead tr:last-child th").getBoundingClientRect().top;
  if (Math.abs(top) > 2) problems.push("the head of " + long.id + " is out of sight at " + Math.round(top) + " px");
  scrollTo(0, 0);
}
const filtered = [...document.querySelectorAll(".tabled.long")].find((part) => !part.closest("details"));
if (filtered) {
  const input = filtered.querySelector("input");
  const rows = [...filtered.querySelectorAll("tbody tr")];
  const word = rows[3].cells[0].textContent.trim().toLowerCase();
  input.value = word;
  input.dispatchEvent(new Event("input"));
  const wrong = rows.filter((row) => row.hidden === word.split(/\s+/).every((part) => row.textContent.toLowerCase().includes(part)));
  if (wrong.length) problems.push("the filter of " + filtered.id + " leaves other rows");
  input.value = "";
  input.dispatchEvent(new Event("input"));
  if (rows.some((row) => row.hidden)) problems.push("the filter of " + filtered.id + " does not give its rows back");
}
const row = document.querySelector("tr[data-m]");
if (row) {
  row.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  const same = [...document.querySelectorAll('[data-m="' + CSS.escape(row.dataset.m) + '"]')];
  if (same.some((item) => !item.classList.contains("lit"))) problems.push("a metric is not marked wherever it stands");
  document.body.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  if (document.querySelector(".lit")) problems.push("a metric stays marked");
}
return problems;
"""
PRINT = r"""
const problems = [];
const size = (item) => parseFloat(getComputedStyle(item).fontSize);
for (const head of document.querySelectorAll("thead")) {
  if (head.closest("details")) continue;
  if (getComputedStyle(head).display !== "table-header-group") problems.push("a table's head is not repeated in print");
  for (const button of head.querySelectorAll("button")) if (getComputedStyle(button).display !== "contents") problems.push("a button stands in a head in print");
}
for (const item of document.querySelectorAll("figcaption, .caption, .note")) {
  if (!item.closest("details") && size(item) > size(document.body) + 0.1) problems.push("larger than the text in print: " + item.textContent.slice(0, 40));
}
for (const table of document.querySelectorAll(".tabled table")) {
  const over = table.getBoundingClientRect().right - document.documentElement.clientWidth;
  if (!table.closest("details") && over > 1) problems.push("a table is cut in print by " + Math.round(over) + " px: " + table.closest(".tabled").id);
}
for (const bar of document.querySelectorAll(".numbers .bar")) {
  const box = bar.getBoundingClientRect();
  if (!bar.closest("details:not([open], .parts)") && !(box.width > 0 && box.height > 0 && box.height < 40)) problems.push("an interval is not drawn in print");
}
return [...new Set(problems)];
"""


class Browser:
    """Headless Chromium with one page, driven over a pipe."""

    def __init__(self, program):
        self.profile = tempfile.mkdtemp(prefix="browser-check-")
        commands, self.write_end = os.pipe()
        self.read_end, answers = os.pipe()

        def wire():
            # The browser reads commands from file descriptor 3 and answers on 4.
            first, second = os.dup(commands), os.dup(answers)
            os.dup2(first, 3)
            os.dup2(second, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
             f"--user-data-dir={self.profile}", "about:blank"],
            preexec_fn=wire, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(commands)
        os.close(answers)
        self.buffer = b""
        self.count = 0
        self.session = None
        self.log = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def message(self):
        while b"\0" not in self.buffer:
            part = os.read(self.read_end, 1 << 20)
            if not part:
                raise SystemExit("the browser ended")
            self.buffer += part
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def take(self, message):
        method = message.get("method")
        if method == "Log.entryAdded":
            self.log.append(message["params"]["entry"]["text"])
        if method == "Runtime.exceptionThrown":
            self.log.append(message["params"]["exceptionDetails"]["text"])

    def call(self, method, **params):
        self.count += 1
        command = {"id": self.count, "method": method, "params": params}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.write_end, json.dumps(command).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") == self.count:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.take(message)

    def open(self, address):
        self.call("Page.navigate", url=address)
        while True:
            message = self.message()
            self.take(message)
            if message.get("method") == "Page.loadEventFired":
                return

    def run(self, body):
        result = self.call(
            "Runtime.evaluate", expression=f"(async () => {{ {body} }})()", awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            return [f"the check failed: {result['exceptionDetails']['exception'].get('description', '')[:300]}"]
        return result["result"]["value"]

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
            self.process.wait(timeout=20)
        finally:
            if self.process.poll() is None:
                self.process.kill()
            shutil.rmtree(self.profile, ignore_errors=True)


def check(browser, page, view, pictures):
    """Every problem of a page in a view."""
    name, media, scheme, width = view
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
    browser.call("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.log.clear()
    browser.open(page.resolve().as_uri())
    problems = []
    if name == "light":
        size = page.stat().st_size
        if size > WEIGHT:
            problems.append(f"the page weighs {size / 1e6:.2f} MB")
        problems += browser.run(FIGURES.replace("FIRST", str(FIRST_FIGURE)))
        problems += browser.run(READING)
    problems += browser.run(PRINT) if media == "print" else browser.run(OVERFLOW) + browser.run(CONTRAST)
    problems += browser.log
    if pictures:
        picture(browser, pictures / f"{page.resolve().parent.name}-{name}", media)
    return problems


def picture(browser, path, media):
    """A PNG of the whole page, or a PDF of its print."""
    if media == "print":
        data = browser.call("Page.printToPDF", preferCSSPageSize=True, paperWidth=8.27, paperHeight=11.69)["data"]
        path.with_suffix(".pdf").write_bytes(base64.b64decode(data))
    else:
        data = browser.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        path.with_suffix(".png").write_bytes(base64.b64decode(data))


def main(arguments):
    pictures = None
    if arguments[:1] == ["--pictures"]:
        pictures = pathlib.Path(arguments[1])
        pictures.mkdir(parents=True, exist_ok=True)
        arguments = arguments[2:]
    if not arguments:
        print(__doc__.split("usage: ")[1].splitlines()[0], file=sys.stderr)
        return 64
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not program:
        print("skipped: no chromium; pages were not opened in a browser")
        return 0
    browser = Browser(program)
    failures = 0
    try:
        for page in map(pathlib.Path, arguments):
            for view in VIEWS:
                problems = check(browser, page, view, pictures)
                failures += len(problems)
                print(f"{page} ({view[0]}): {len(problems)} problems")
                for problem in problems:
                    print(f"  {problem}")
    finally:
        browser.close()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
