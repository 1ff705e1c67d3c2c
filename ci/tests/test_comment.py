"""Tests of the comment against a stand-in for the forges' interfaces on loopback."""

import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.parse

CI = pathlib.Path(__file__).resolve().parent.parent
MARK = "<!-- trainfree: trainfree -->"
BOT = "github-actions[bot]"


class StandIn(http.server.BaseHTTPRequestHandler):
    """Comments of one pull request, kept in memory; statuses of the next answers can be told beforehand."""

    def log_message(self, *_):
        pass

    def answer(self):
        path = urllib.parse.urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        state = self.server.state
        state["requests"].append((self.command, self.path, dict(self.headers), body))
        for rule in state["rules"]:
            if rule["method"] == self.command and rule["times"] > 0:
                rule["times"] -= 1
                return self.send(rule["status"], {"message": "as told"}, rule.get("headers", {}))
        comments = state["comments"]
        if path.path.endswith("/user"):
            return self.send(200, {"id": 7})
        if self.command == "GET":
            query = urllib.parse.parse_qs(path.query)
            page, size = int(query["page"][0]), int(query["per_page"][0])
            return self.send(200, comments[(page - 1) * size : page * size])
        if self.command == "POST":
            comments.append({"id": 1000 + len(comments), "body": body["body"], "user": {"login": BOT}, "author": {"id": 7}})
            return self.send(201, comments[-1])
        identifier = int(path.path.rsplit("/", 1)[1])
        for item in comments:
            if item["id"] == identifier:
                item["body"] = body["body"]
                return self.send(200, item)
        return self.send(404, {"message": "Not Found"})

    do_GET = do_POST = do_PATCH = do_PUT = answer

    def send(self, status, value, headers={}):
        content = json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Comments(unittest.TestCase):
    def setUp(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
        self.server.state = self.state = {"comments": [], "requests": [], "rules": []}
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "event.json").write_text(json.dumps({"pull_request": {"number": 12}}))
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def run_it(self, text="Changes\n", **more):
        (self.folder / "text.md").write_text(text)
        environment = {
            "PATH": os.environ["PATH"], "GITHUB_TOKEN": "secret-token", "GITHUB_API_URL": self.address,
            "GITHUB_REPOSITORY": "owner/name", "GITHUB_EVENT_PATH": str(self.folder / "event.json"), "TRAINFREE_RETRY_SECONDS": "0",
        } | more
        result = subprocess.run([sys.executable, CI / "comment.py", self.folder / "text.md"], capture_output=True, text=True,
                                env={name: value for name, value in environment.items() if value is not None})
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertNotIn("secret-token", result.stdout)
        return result.stdout

    def methods(self):
        return [request[0] for request in self.state["requests"]]

    def test_makes_and_updates_in_place(self):
        self.assertEqual(self.run_it("First\n"), "comment made\n")
        self.assertEqual(self.run_it("Second\n"), "comment updated\n")
        self.assertEqual([item["body"] for item in self.state["comments"]], [f"{MARK}\nSecond\n"])
        self.assertEqual(self.methods(), ["GET", "POST", "GET", "PATCH"])
        method, path, headers, _ = self.state["requests"][1]
        self.assertEqual(path, "/repos/owner/name/issues/12/comments")
        self.assertEqual(headers["Authorization"], "Bearer secret-token")

    def test_finds_the_comment_on_a_later_page(self):
        self.state["comments"] = [{"id": number, "body": "talk", "user": {"login": "a"}} for number in range(230)]
        self.state["comments"][215] |= {"body": f"{MARK}\nold", "user": {"login": BOT}}
        self.assertEqual(self.run_it(), "comment updated\n")
        self.assertEqual(self.methods(), ["GET", "GET", "GET", "PATCH"])
        self.assertEqual(self.state["comments"][215]["body"], f"{MARK}\nChanges\n")

    def test_a_mark_in_the_comment_of_another_is_not_ours(self):
        self.state["comments"] = [{"id": 1, "body": f"{MARK}\nspoof", "user": {"login": "a"}}, {"id": 2, "body": None, "user": None}]
        self.assertEqual(self.run_it(), "comment made\n")
        self.assertEqual(self.state["comments"][0]["body"], f"{MARK}\nspoof")

    def test_other_names_are_other_comments(self):
        self.run_it()
        self.assertEqual(self.run_it(TRAINFREE_COMMENT_NAME="long --> ones"), "comment made\n")
        self.assertEqual(self.state["comments"][1]["body"], "<!-- trainfree: long -- ones -->\nChanges\n")

    def test_forks_without_a_right_to_write_get_a_warning(self):
        self.state["rules"] = [{"method": "POST", "status": 403, "times": 9}]
        said = self.run_it()
        self.assertTrue(said.startswith("::warning title=trainfree::no comment was written: POST "), said)
        self.assertIn("forks", said)
        self.assertEqual(self.methods(), ["GET", "POST"])

    def test_tries_again_where_the_forge_fails(self):
        self.state["rules"] = [{"method": "GET", "status": 502, "times": 2}, {"method": "POST", "status": 503, "times": 1}]
        self.assertEqual(self.run_it(), "comment made\n")
        self.assertEqual(self.methods(), ["GET", "GET", "GET", "POST", "POST"])

    def test_waits_as_the_forge_says(self):
        self.state["rules"] = [{"method": "POST", "status": 429, "times": 1, "headers": {"Retry-After": "0"}}]
        self.assertEqual(self.run_it(), "comment made\n")

    def test_gives_up_with_a_warning(self):
        self.state["rules"] = [{"method": "GET", "status": 500, "times": 99}]
        self.assertIn("::warning title=trainfree::no comment was written: GET ", self.run_it())
        self.assertEqual(len(self.state["requests"]), 5)
        self.server.shutdown()
        self.server.server_close()
        self.assertIn("::warning", self.run_it())

    def test_redirects_are_not_followed_with_the_token(self):
        self.state["rules"] = [{"method": "GET", "status": 302, "times": 9, "headers": {"Location": f"{self.address}/elsewhere"}}]
        self.assertIn("::warning", self.run_it())
        self.assertEqual(len(self.state["requests"]), 1)

    def test_what_is_too_long_is_cut_at_a_line(self):
        self.run_it("".join(f"line {number}\n" for number in range(20_000)))
        body = self.state["comments"][0]["body"]
        self.assertLessEqual(len(body.encode()), 60_000)
        self.assertRegex(body, r"line \d+\n\n… \d+ more lines left out\n$")

    def test_a_comment_that_is_taken_away_meanwhile_is_made_anew(self):
        self.run_it()
        self.state["rules"] = [{"method": "PATCH", "status": 404, "times": 1}]
        self.assertEqual(self.run_it(), "comment made\n")

    def test_other_events_and_missing_tokens_get_a_warning(self):
        (self.folder / "event.json").write_text(json.dumps({"ref": "refs/heads/main"}))
        self.assertIn("the event is not of a pull request", self.run_it())
        self.assertIn("there is no token", self.run_it(GITHUB_TOKEN=None))
        self.assertIn("is not under https", self.run_it(
            CI_API_V4_URL="http://example.org", TRAINFREE_TOKEN="t", CI_PROJECT_ID="1", CI_MERGE_REQUEST_IID="1"))
        self.assertEqual(self.state["requests"], [])

    def test_notes_on_merge_requests_of_gitlab(self):
        gitlab = {"CI_API_V4_URL": self.address + "/api/v4", "TRAINFREE_TOKEN": "secret-token", "CI_PROJECT_ID": "5",
                  "CI_MERGE_REQUEST_IID": "3", "GITHUB_TOKEN": None}
        self.assertEqual(self.run_it("First\n", **gitlab), "comment made\n")
        self.assertEqual(self.run_it("Second\n", **gitlab), "comment updated\n")
        self.assertEqual(self.methods(), ["GET", "POST", "GET", "GET", "PUT"])
        self.assertEqual(self.state["requests"][-1][1], "/api/v4/projects/5/merge_requests/3/notes/1000")
        self.assertEqual(self.state["requests"][-1][2]["Private-Token"], "secret-token")
        self.assertIn("TRAINFREE_TOKEN is not set", self.run_it(**gitlab | {"TRAINFREE_TOKEN": None}))


if __name__ == "__main__":
    unittest.main()
