"""Runs axe-core over pages in light, dark and print; exits with 1 when it finds a violation."""

import pathlib
import sys

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

axe = pathlib.Path(sys.argv[1]).read_text()
options = Options()
for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,1000"):
    options.add_argument(argument)
browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
browser.set_script_timeout(120)
failures = 0
for page in sys.argv[2:]:
    for name, media, scheme in (("light", "screen", "light"), ("dark", "screen", "dark"), ("print", "print", "light")):
        browser.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"media": media, "features": [{"name": "prefers-color-scheme", "value": scheme}]},
        )
        browser.get(pathlib.Path(page).resolve().as_uri())
        browser.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
        found = browser.execute_async_script(
            "const done = arguments[0]; axe.run(document).then(r => done(r.violations), e => done([{id: String(e), nodes: []}]));"
        )
        for violation in found:
            failures += 1
            places = "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"][:3])
            print(f"{page} ({name}): {violation['id']}: {violation.get('help', '')}: {len(violation['nodes'])} places: {places}")
        print(f"{page} ({name}): {len(found)} violations")
browser.quit()
sys.exit(failures > 0)
