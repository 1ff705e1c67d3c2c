"""Opens pages in a headless browser and checks them; exits with 1 when something is wrong.

Each page is opened in light, dark, print and on a narrow screen, and axe-core is run over it. The browser's log must be
empty (a blocked or missing resource is an entry), no request may leave the page, ids must be unique, and headings must
follow in order. Sorting a table and stepping through the points of a figure are tried with the keyboard.

usage: check.py AXE.js [--pictures FOLDER] PAGE.html…
"""

import base64
import pathlib
import sys

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

VIEWS = (
    ("light", "screen", "light", 1280),
    ("dark", "screen", "dark", 1280),
    ("print", "print", "light", 1280),
    ("narrow", "screen", "light", 400),
)
STRUCTURE = """
const problems = [];
const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
if (twice.length) problems.push("ids that are there twice: " + twice.slice(0, 3).join(", "));
let level = 0;
for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
  const next = Number(heading.tagName[1]);
  if (next > level + 1) problems.push("a heading of level " + next + " after level " + level + ": " + heading.textContent);
  level = next;
}
for (const link of document.querySelectorAll("a[href^='#']")) {
  if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) problems.push("a link to nowhere: " + link.hash);
}
const requests = performance.getEntriesByType("resource").map((entry) => entry.name);
if (requests.length) problems.push("the page loads " + requests.slice(0, 3).join(", "));
if (document.documentElement.scrollWidth > innerWidth) problems.push("the page scrolls sideways");
return problems;
"""
KEYBOARD = """
const problems = [];
const table = [...document.querySelectorAll("table.sortable")].find((item) => !item.closest("details"));
if (table) {
  const head = [...table.tHead.rows].at(-1).cells[0];
  const names = () => [...table.tBodies[0].rows].map((row) => row.cells[0].textContent);
  const button = head.querySelector("button");
  button.focus();
  if (document.activeElement !== button) problems.push("the header of a table cannot be focused");
  const wanted = names().sort(new Intl.Collator("en", { numeric: true }).compare).join("|");
  button.click();
  if (head.getAttribute("aria-sort") !== "ascending") problems.push("a sorted column does not say so");
  if (names().join("|") !== wanted) problems.push("a table does not sort");
}
const drawing = [...document.querySelectorAll(".drawing")].find((item) => item.querySelector("[data-tip]"));
if (drawing) {
  drawing.focus();
  drawing.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  const first = drawing.querySelector("[data-tip]").dataset.tip;
  if (document.getElementById("spoken")?.textContent !== first) problems.push("a point is not told to a screen reader");
  if (document.getElementById("tip").hidden) problems.push("a point's tip does not show");
  drawing.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  if (!document.getElementById("tip").hidden) problems.push("a point's tip does not go away");
}
const theme = document.getElementById("theme");
if (theme) {
  const before = getComputedStyle(document.body).backgroundColor;
  theme.click();
  if (getComputedStyle(document.body).backgroundColor === before) problems.push("the theme does not change");
  theme.click();
}
return problems;
"""
AXE = """
const done = arguments[0];
axe.run(document).then((found) => done(found.violations), (error) => done([{ id: String(error), nodes: [] }]));
"""


def violations(browser):
    """What axe-core finds, a line each."""
    for found in browser.execute_async_script(AXE):
        places = "; ".join(" ".join(map(str, node["target"])) for node in found["nodes"][:3])
        yield f"{found['id']}: {found.get('help', '')}: {len(found['nodes'])} places: {places}"


def check(browser, axe, page, view, pictures):
    """Every problem of a page in a view."""
    name, media, scheme, width = view
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    )
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"media": media, "features": [{"name": "prefers-color-scheme", "value": scheme}]},
    )
    browser.get(page.resolve().as_uri())
    problems = browser.execute_script(STRUCTURE)
    problems += [entry["message"] for entry in browser.get_log("browser")]
    if media == "screen":
        problems += browser.execute_script(KEYBOARD)
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
    problems += violations(browser)
    if pictures:
        picture(browser, pictures / f"{page.resolve().parent.name}-{name}", media)
    return problems


def picture(browser, path, media):
    """A PNG of the whole page, or a PDF of its print."""
    browser.get(browser.current_url)
    if media == "print":
        result = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": False})
        path.with_suffix(".pdf").write_bytes(base64.b64decode(result["data"]))
    else:
        result = browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "format": "png"})
        path.with_suffix(".png").write_bytes(base64.b64decode(result["data"]))


def main(arguments):
    axe = pathlib.Path(arguments.pop(0)).read_text()
    pictures = None
    if arguments[:1] == ["--pictures"]:
        pictures = pathlib.Path(arguments[1])
        pictures.mkdir(parents=True, exist_ok=True)
        arguments = arguments[2:]
    options = Options()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,1000"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    browser.set_script_timeout(120)
    failures = 0
    try:
        for page in map(pathlib.Path, arguments):
            for view in VIEWS:
                problems = check(browser, axe, page, view, pictures)
                failures += len(problems)
                print(f"{page} ({view[0]}): {len(problems)} problems")
                for problem in problems:
                    print(f"  {problem}")
    finally:
        browser.quit()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
