#!/usr/bin/env python3
"""Puts a text into a comment of a pull request of GitHub, or a note of a merge request of GitLab; an earlier one is replaced.

usage: comment.py FILE

GitHub: GITHUB_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY, and GITHUB_EVENT_PATH with the pull request's number.
GitLab: TRAINFREE_TOKEN, CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID.

The comment is known by a hidden line with TRAINFREE_COMMENT_NAME, and by its author: on GitHub TRAINFREE_COMMENT_AUTHOR, on GitLab
the token's user. Whatever the forge refuses is a warning and not a failure, because pull requests of forks have no right to write.
"""

import json
import os
import pathlib
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

# No cache is left beside an installed script.
sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import changes  # noqa: E402

ATTEMPTS = 5
MOST_PAGES = 100
PAGE = 100
MOST_WAIT = 60


class Refused(Exception):
    """The forge answered otherwise than it should."""

    def __init__(self, text, status=None):
        super().__init__(text)
        self.status = status


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A token is sent to the forge alone."""

    def redirect_request(self, *_):
        return None


class Forge:
    """What is asked of a forge, with what differs between them in subclasses."""

    def __init__(self, api, headers, wait=float(os.environ.get("TRAINFREE_RETRY_SECONDS", "2"))):
        if not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", api):
            raise Refused(f"the address of the forge, {api}, is not under https")
        self.api = api.rstrip("/")
        self.headers = headers
        self.wait = wait
        self.opener = urllib.request.build_opener(NoRedirects)

    def ask(self, method, path, body=None):
        """Asks, again where the forge is busy or fails; gives the answer's JSON."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"User-Agent": "trainfree", **self.headers}
        if data is not None:
            headers["Content-Type"] = "application/json"
        for attempt in range(1, ATTEMPTS + 1):
            wait = self.wait * 2 ** (attempt - 1)
            try:
                request = urllib.request.Request(self.api + path, data=data, method=method, headers=headers)
                with self.opener.open(request, timeout=60) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                said = error.read(500).decode(errors="replace")
                limited = error.code == 403 and error.headers.get("Retry-After")
                if not (error.code >= 500 or error.code == 429 or limited) or attempt == ATTEMPTS:
                    raise Refused(f"{method} {path}: {error.code} {' '.join(said.split())[:200]}", error.code) from None
                after = error.headers.get("Retry-After") or ""
                wait = max(wait, min(int(after), MOST_WAIT)) if after.isdigit() else wait
            except (OSError, ValueError) as error:
                if attempt == ATTEMPTS:
                    raise Refused(f"{method} {path}: {error}") from None
            time.sleep(wait)
        raise Refused(f"{method} {path}")

    def own(self, mark):
        """The identifier of the earlier comment, or nothing."""
        for page in range(1, MOST_PAGES + 1):
            found = self.ask("GET", f"{self.comments()}{'&' if '?' in self.comments() else '?'}per_page={PAGE}&page={page}")
            if not isinstance(found, list):
                raise Refused("the forge's list of comments is none")
            for item in found:
                if str(item.get("body") or "").startswith(mark) and self.is_own(item):
                    return item["id"]
            if len(found) < PAGE:
                return None
        return None

    def put(self, mark, text):
        """Replaces the earlier comment, or makes one; says which."""
        body = {"body": changes.cut(f"{mark}\n{text}", self.limit)}
        identifier = self.own(mark)
        if identifier is not None:
            try:
                self.ask(self.update_method, self.comment(identifier), body)
                return "updated"
            except Refused as refused:
                # Taken away meanwhile.
                if refused.status != 404:
                    raise
        self.ask("POST", self.comments(), body)
        return "made"


class GitHub(Forge):
    limit = 60_000
    update_method = "PATCH"

    def __init__(self, environment):
        event = json.loads(pathlib.Path(environment["GITHUB_EVENT_PATH"]).read_text())
        number = (event.get("pull_request") or {}).get("number")
        repository = environment["GITHUB_REPOSITORY"]
        if not isinstance(number, int) or not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
            raise Refused("the event is not of a pull request")
        self.repository, self.number = repository, number
        self.author = environment.get("TRAINFREE_COMMENT_AUTHOR") or "github-actions[bot]"
        super().__init__(
            environment.get("GITHUB_API_URL") or "https://api.github.com",
            {"Authorization": f"Bearer {environment['GITHUB_TOKEN']}", "Accept": "application/vnd.github+json",
             "X-GitHub-Api-Version": "2022-11-28"})

    def comments(self):
        return f"/repos/{self.repository}/issues/{self.number}/comments"

    def comment(self, identifier):
        return f"/repos/{self.repository}/issues/comments/{int(identifier)}"

    def is_own(self, item):
        return (item.get("user") or {}).get("login") == self.author


class GitLab(Forge):
    limit = 900_000
    update_method = "PUT"

    def __init__(self, environment):
        project, number = environment["CI_PROJECT_ID"], environment["CI_MERGE_REQUEST_IID"]
        if not (project.isdigit() and number.isdigit()):
            raise Refused("the pipeline is not of a merge request")
        self.path = f"/projects/{project}/merge_requests/{number}/notes"
        super().__init__(environment["CI_API_V4_URL"], {"PRIVATE-TOKEN": environment["TRAINFREE_TOKEN"]})
        self.user = None

    def comments(self):
        return f"{self.path}?sort=asc"

    def comment(self, identifier):
        return f"{self.path}/{int(identifier)}"

    def is_own(self, item):
        if self.user is None:
            self.user = self.ask("GET", "/user")["id"]
        return (item.get("author") or {}).get("id") == self.user


def forge(environment):
    if environment.get("CI_API_V4_URL"):
        if not environment.get("TRAINFREE_TOKEN"):
            raise Refused("TRAINFREE_TOKEN is not set, which notes on merge requests need")
        return GitLab(environment)
    if not environment.get("GITHUB_TOKEN"):
        raise Refused("there is no token")
    return GitHub(environment)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    name = os.environ.get("TRAINFREE_COMMENT_NAME") or "trainfree"
    mark = f"<!-- trainfree: {re.sub(r'[^A-Za-z0-9 ._/-]', '', name)} -->"
    try:
        text = pathlib.Path(sys.argv[1]).read_text()
        print(f"comment {forge(os.environ).put(mark, text)}")
    except (Refused, KeyError, TypeError, AttributeError, ValueError) as refused:
        said = " ".join(str(refused).split())
        # GitHub reads warnings from lines of the log; percent signs are theirs.
        print(f"::warning title=trainfree::no comment was written: {said.replace('%', '%25')}")
        if getattr(refused, "status", None) in (401, 403, 404):
            print("The text is in the summary of the run. Pull requests of forks cannot write comments.")


if __name__ == "__main__":
    main()
