#!/usr/bin/env python3
"""Follows every link of a site that `trainfree site` made; exits with 1 when something is wrong.

Needs no package and no network. Checked are:

- every relative link leads to a file of the site, and its fragment to an id of that page;
- every address that begins with the site's own (the canonical address of its pages) names a file of the site;
- nothing is loaded: no element that fetches anything but `data:`, no `@import`, no `url(…)` that leads out of the file;
- every page has a language, a title, one first heading and no level left out, a `main`, names for its links, buttons and
  fields, and the policy before anything else that could load something;
- a page weighs at most 300 KB without its figures and their numbers, at most 1.5 MB with them; the list of the search at most 50 KB;
- feed and map of the site are well-formed XML, and what they name is there; JSON files and JSON-LD can be read.

usage: check-site.py FOLDER
"""

import json
import pathlib
import re
import sys
import urllib.parse
import xml.etree.ElementTree
from html.parser import HTMLParser

WEIGHT = 300_000
WHOLE = 1_500_000
INDEX = 50_000
VOID = {"meta", "link", "br", "hr", "img", "input", "wbr"}
LOADING = {"src", "srcset", "poster", "data", "action", "formaction", "background", "ping"}


class Page(HTMLParser):
    """Ids, links and the outline of a page."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.ids, self.links, self.problems, self.levels = {}, [], [], []
        self.language = self.title = self.canonical = None
        self.mains = self.policy = 0
        self.data, self.open, self.named, self.labels = [], [], [], set()
        self.first_meta = []
        self.feed(text)
        self.close()
        for name, element in self.named:
            if not name.strip():
                self.problems.append(f"<{element}> has no name")

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag not in VOID:
            self.open.append([tag, values, ""])
        if "id" in values:
            if values["id"] in self.ids:
                self.problems.append(f"the id {values['id']} is there twice")
            self.ids[values["id"]] = tag
        if tag == "html":
            self.language = values.get("lang")
        if tag == "main":
            self.mains += 1
        if tag == "meta" and values.get("http-equiv"):
            self.policy += 1
            if self.policy == 1 and self.first_meta not in ([], ["charset"], ["charset", "viewport"]):
                self.problems.append("something stands before the policy")
        if tag == "meta":
            self.first_meta.append(values.get("name", "charset"))
        if tag == "link":
            if values.get("rel") == "canonical":
                self.canonical = values["href"]
            elif values.get("rel") == "alternate":
                self.links.append(values["href"])
            else:
                self.problems.append(f"the page loads {values.get('href')}")
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        for name in LOADING & values.keys():
            if not (values[name] or "").startswith("data:"):
                self.problems.append(f"<{tag}> loads {values[name]}")
        if tag in ("iframe", "object", "embed", "video", "audio", "base", "form"):
            self.problems.append(f"there is a <{tag}>")
        if tag == "img" and "alt" not in values:
            self.problems.append("a picture has no text in its place")
        if tag == "label" and "for" in values:
            self.labels.add(values["for"])
        if tag in ("input", "select"):
            inside = any(name == "label" for name, _, _ in self.open)
            if not inside and values.get("id") not in self.labels and not values.get("aria-label"):
                self.problems.append(f"<{tag}> has no label")
        if any(name.startswith("on") for name in values):
            self.problems.append(f"<{tag}> has a handler")
        if re.search(r"url\((?!#)", values.get("style") or "") or (tag != "a" and re.search(r"\burl\((?!#)", " ".join(
                value or "" for name, value in attributes if name in ("fill", "stroke", "clip-path", "mask", "filter")))):
            self.problems.append(f"<{tag}> loads by its style")

    def handle_data(self, data):
        for element in self.open:
            element[2] += data

    def handle_endtag(self, tag):
        while self.open:
            name, values, text = self.open.pop()
            if name == "title" and self.title is None:
                self.title = text
            if re.fullmatch("h[1-6]", name):
                self.levels.append(int(name[1]))
            if name in ("a", "button", "summary") and ("href" in values or name != "a"):
                self.named.append((values.get("aria-label") or text, name))
            if name == "script" and values.get("type") == "application/ld+json":
                self.data.append(text)
            if name == "style" and re.search(r"@import|url\((?!#)", text):
                self.problems.append("the style sheet loads something")
            if name == tag:
                break


def problems_of(folder):
    """Every problem of a site with the page it is on."""
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    pages = {}
    for name in sorted(name for name in files if name.endswith(".html")):
        text = (folder / name).read_text("utf-8")
        page = pages[name] = Page(text)
        for problem in page.problems:
            yield name, problem
        bare = re.sub(r"<figure\b.*?</figure>|<svg\b.*?</svg>", "", text, flags=re.S)
        if len(bare.encode()) > WEIGHT:
            yield name, f"{len(bare.encode()) / 1e3:.0f} KB without its figures"
        if len(text.encode()) > WHOLE:
            yield name, f"{len(text.encode()) / 1e3:.0f} KB"
        if page.language != "en" or not (page.title or "").strip() or page.mains != 1 or page.policy < 1:
            yield name, "no language, no title, no policy, or not one main part"
        if page.levels[:1] != [1] or page.levels.count(1) != 1:
            yield name, f"the first heading is not the only one of its level: {page.levels[:6]}"
        for before, after in zip(page.levels, page.levels[1:]):
            if after > before + 1:
                yield name, f"a heading of level {after} follows one of level {before}"
        for text in page.data:
            json.loads(text)
    if "index.html" not in pages:
        yield "index.html", "is not there"
        return
    base = pages["index.html"].canonical or ""
    search = re.search(r'<ul id="index".*?</ul>', (folder / "search.html").read_text("utf-8"), re.S)
    if not search or len(search[0].encode()) > INDEX:
        yield "search.html", "no list, or one of over 50 KB"

    def missing(source, link):
        """What is wrong with a link; nothing for those that lead elsewhere."""
        own = base and link.startswith(base)
        if own:
            link, source = link[len(base):] or "index.html", ""
        elif re.match(r"[a-z]+:", link):
            return None
        path, _, fragment = link.partition("#")
        path = urllib.parse.unquote(path)
        if own and (not path or path.endswith("/")):
            path += "index.html"
        if path.startswith("/"):
            return "is not relative"
        parts = [] if not path else str(pathlib.PurePosixPath(source).parent / path).split("/")
        target = []
        for part in parts:
            if part == "..":
                if not target:
                    return "leads out of the site"
                target.pop()
            elif part != ".":
                target.append(part)
        name = "/".join(target) if path else source
        if name not in files:
            return "leads nowhere"
        fragment = urllib.parse.unquote(fragment)
        if fragment and name in pages and fragment not in pages[name].ids:
            return "has no such place"
        return None

    count = 0
    for name, page in pages.items():
        for link in page.links + ([page.canonical] if page.canonical else []):
            count += 1
            problem = missing(name, link)
            if problem:
                yield name, f"{link} {problem}"
        for text in page.data:
            for link in re.findall(r'"((?:https?):[^"]*)"', text):
                problem = missing(name, json.loads(f'"{link}"')) if base and link.startswith(base) else None
                if problem:
                    yield name, f"JSON-LD: {link} {problem}"
    for name in ("feed.xml", "sitemap.xml"):
        root = xml.etree.ElementTree.parse(folder / name).getroot()
        links = [element.get("href") or element.text for element in root.iter() if element.tag.endswith(("}loc", "}link"))]
        for link in links:
            problem = missing(name, link.split("#gone-")[0])
            if problem:
                yield name, f"{link} {problem}"
    for name in files:
        if name.endswith(".json"):
            json.loads((folder / name).read_text("utf-8"))
        if name.endswith(".svg"):
            text = (folder / name).read_text("utf-8")
            if re.search(r"<script|\bon\w+=|(?:href|src)=\"(?!#|data:image/)|url\((?!#)|@import", text):
                yield name, "the drawing loads or runs something"
    print(f"{len(files)} files, {len(pages)} pages, {count} links")


def main(arguments):
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__.split("usage: ")[1], end="", file=sys.stderr)
        return 64
    found = list(problems_of(pathlib.Path(arguments[0])))
    for name, problem in found[:200]:
        print(f"{name}: {problem}")
    print(f"{len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
