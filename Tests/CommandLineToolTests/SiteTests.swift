import Files
import Foundation
import TestSupport
import Testing

/// Sites that the real binary makes of the committed quickstart report, and of what others may have written into it.
@Suite struct SiteTests {
  private static let base = "https://example.org/audits/"

  /// A tool whose folder `reports` holds the committed report.
  private func tool(_ edit: (inout [String: String]) -> Void = { _ in }) throws -> Tool {
    let tool = try Tool()
    try Self.write(to: "\(tool.folder)/reports/quickstart", edit)
    return tool
  }

  /// Writes the texts of the committed report into a folder, edited, with a list of digests that fits.
  private static func write(to folder: String, _ edit: (inout [String: String]) -> Void = { _ in }) throws {
    let source = "\(checkout)/reports/quickstart"
    var files: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: source) {
      guard ["html", "md", "json", "csv", "svg", "tex"].contains(name.split(separator: ".").last ?? "") else {
        continue
      }
      files[name] = String(decoding: try FileSystem.read("\(source)/\(name)"), as: UTF8.self)
    }
    edit(&files)
    let lines = files.sorted { $0.key < $1.key }.map {
      "\(SHA256.hexDigest($0.value)) \($0.value.utf8.count) \($0.key)\n"
    }
    for (name, text) in files where !name.hasPrefix("../") {
      try FileSystem.write(Array(text.utf8), to: "\(folder)/\(name)")
    }
    try FileSystem.write(Array(lines.joined().utf8), to: "\(folder)/digests.txt")
  }

  private func make(
    _ tool: Tool, _ more: [String] = [], out: String = "site"
  ) throws -> (status: Int32, output: String, errors: String) {
    try tool.run(["site", "reports", "--out", out, "--base-url", Self.base, "--date", "2026-11-29"] + more)
  }

  @Test func aSiteHasWhatItSaysAndTheSameBytesAgain() throws {
    let tool = try tool()
    let first = try make(tool, ["--json"])
    #expect(first.status == 0, "\(first.errors)")
    let files = try tool.files("site")
    for name in [
      "index.html", "claims.html", "metrics.html", "metrics/snip.html", "data.html", "docs.html", "docs/tour.html",
      "docs/comparison.html", "changes.html", "feed.xml", "search.html", "404.html", "sitemap.xml", "badge.json",
      "site.json",
      "references.bib", "data/estimates.csv", "data/claims.csv", "r/quickstart/index.html", "r/quickstart/cite.bib",
      "r/quickstart/cite.json", "r/quickstart/figures/agreement.html", "v/quickstart/index.html",
    ] { #expect(files[name] != nil, "\(name)") }
    #expect(files.keys.contains { $0.hasPrefix("v/quickstart/0.1.0-") && $0.hasSuffix("/index.html") })
    let again = try make(tool, ["--json"])
    #expect(again.output.contains("\"written\": 0"), "\(again.output)")
    #expect(try make(tool, out: "other/site").status == 0)
    #expect(try tool.files("other/site") == files)
    let page = try tool.text("site/r/quickstart/index.html")
    #expect(
      page.contains("citation_title") && page.contains("\"@type\":\"Report\"") && page.contains("rel=\"canonical\""))
    #expect(
      try tool.text("site/r/quickstart/cite.bib").contains("url = {https://example.org/audits/v/quickstart/0.1.0-"))
    #expect(try tool.text("site/badge.json").contains("\"schemaVersion\": 1"))
    #expect(try tool.text("site/metrics/snip.html").contains("../r/quickstart/index.html#table-"))
  }

  @Test func everyLinkLeadsSomewhereAndNothingIsLoaded() throws {
    let tool = try tool()
    #expect(try make(tool, ["--repository", "https://example.org/code"]).status == 0)
    let files = try tool.files("site")
    var count = 0
    for (name, data) in files where name.hasSuffix(".html") {
      let text = String(decoding: data, as: UTF8.self)
      #expect(
        !text.contains("<link rel=\"stylesheet\"") && !text.contains("@import") && !text.contains("src=\"http"),
        "\(name)")
      #expect(text.contains("default-src &#39;none&#39;") || text.contains("default-src 'none'"), "\(name)")
      for link in text.components(separatedBy: " href=\"").dropFirst().compactMap({
        $0.components(separatedBy: "\"").first
      }) {
        count += 1
        if link.hasPrefix("https://") || link.hasPrefix("http://") || link.hasPrefix("mailto:") { continue }
        let parts = link.components(separatedBy: "#")
        let place = parts[0].isEmpty ? name : Self.resolved(parts[0], from: name)
        guard let target = place.flatMap({ files[$0] }) else {
          Issue.record("\(name): \(link) leads nowhere")
          continue
        }
        if parts.count > 1, !parts[1].isEmpty {
          let isThere = String(decoding: target, as: UTF8.self).contains(
            " id=\"\(parts[1].removingPercentEncoding ?? parts[1])\"")
          #expect(isThere, "\(name): \(link) has no such place")
        }
      }
    }
    #expect(count > 1000)
  }

  private static func resolved(_ link: String, from page: String) -> String? {
    var parts = Array(page.components(separatedBy: "/").dropLast(1))
    for part in link.components(separatedBy: "/") where part != "." {
      if part == ".." { if parts.popLast() == nil { return nil } } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  /// Texts of others stay texts, wherever they are shown.
  @Test func textsOfOthersAreNoMarkup() throws {
    let hostile = "\\\"><script>alert(1)</script><img src=x onerror=alert(2)>]]>"
    let claim =
      "\"claims\": {\"a\\\"><script>b\": {\"title\": \"T\(hostile)\", \"statement\": \"S\(hostile)\", \"reference\": \"R\(hostile)\", "
      + "\"claimed\": \"C\(hostile)\", \"computed\": \"V\(hostile)\", \"verdict\": \"holds\", \"origin\": \"O\(hostile)\", "
      + "\"evidence\": {\"values\": [\"size.snip\(hostile).x\"]}}},"
    let tool = try tool { files in
      let words = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>"
      files["report.md"] =
        "# T\(words)\n\nLead \(words)\n\ntrainfree 0.1.0\"><script>, spec 0\n\n## H\n\n[a](javascript:alert(3)) \(words)\n"
      files["results.json"]?.replace("{", with: "{" + claim, maxReplacements: 1)
    }
    let made = try make(tool, ["--title", "A <b>\" title", "--author", "<i>\"A\""])
    #expect(made.status == 0, "\(made.errors)")
    for (name, data) in try tool.files("site") where name.hasSuffix(".html") || name.hasSuffix(".xml") {
      let text = String(decoding: data, as: UTF8.self)
      #expect(
        !text.contains("<script>alert") && !text.contains("<img src=x") && !text.contains("javascript:alert"), "\(name)"
      )
      #expect(!text.contains("<i>\"A") && !text.contains("A <b>\""), "\(name)")
    }
  }

  @Test(arguments: [
    (["site", "nowhere", "--out", "o", "--base-url", "https://a.b"], 66, "no-reports"),
    (["site", "reports/quickstart", "--out", "o", "--base-url", "https://a.b"], 66, "no-reports"),
    (["site", "empty", "--out", "o", "--base-url", "https://a.b"], 66, "no-reports"),
    (["site", "reports", "--out", "o", "--base-url", "ftp://a.b"], 64, "bad-address"),
    (["site", "reports", "--out", "o", "--base-url", "https://a.b/?c"], 64, "bad-address"),
    (["site", "reports", "--out", "o", "--base-url", "https://a.b/\"><script>"], 64, "bad-address"),
    (["site", "reports", "--out", "o", "--base-url", "https://"], 64, "bad-address"),
    (
      ["site", "reports", "--out", "o", "--base-url", "https://a.b", "--repository", "javascript:x"], 64, "bad-address"
    ),
    (["site", "reports", "--out", "full", "--base-url", "https://a.b"], 65, "foreign-files"),
    (["site", "reports", "--out", ".", "--base-url", "https://a.b"], 64, "unusable-folder"),
    (
      ["site", "reports", "--out", "o", "--base-url", "https://a.b", "--hero", "quickstart/agreemnt"], 65,
      "unknown-figure"
    ),
    (["site", "reports", "--out", "o", "--base-url", "https://a.b", "--since", "nowhere"], 66, "no-earlier-site"),
    (["site", "reports", "--out", "o", "--base-url", "https://a.b", "--since", "empty"], 65, "no-earlier-site"),
  ])
  func wrongInputGivesFindings(_ arguments: [String], _ status: Int32, _ id: String) throws {
    let tool = try tool()
    try FileManager.default.createDirectory(atPath: "\(tool.folder)/empty", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: "\(tool.folder)/full", withIntermediateDirectories: true)
    try tool.write("mine", to: "full/notes.txt")
    let result = try tool.run(arguments)
    #expect(result.status == status && result.errors.contains("[\(id)]"), "\(result.errors)")
    #expect(!FileSystem.exists("\(tool.folder)/o"))
  }

  @Test(arguments: [
    ("index.html", "<body>", "<body><script src=\"https://evil.example/x.js\"></script>", "foreign-content"),
    ("index.html", "<!doctype html>", "<script>x</script><!doctype html>", "foreign-content"),
    ("figures/agreement.svg", "</svg>", "<script>x</script></svg>", "foreign-content"),
    ("figures/agreement.svg", "<svg ", "<svg onload=\"x()\" ", "foreign-content"),
    ("results.json", "{", "{{", ""),
  ])
  func contentOfOthersIsNotTakenOver(_ name: String, _ old: String, _ new: String, _ id: String) throws {
    let tool = try tool { $0[name]?.replace(old, with: new, maxReplacements: 1) }
    let result = try make(tool)
    #expect(result.status == 65 && (id.isEmpty || result.errors.contains("[\(id)]")), "\(result.errors)")
    #expect(!FileSystem.exists("\(tool.folder)/site"))
  }

  @Test func listsAndLinksDoNotLeadOut() throws {
    let tool = try tool { $0["../outside.json"] = "{}" }
    #expect(try make(tool).errors.contains("[bad-digests]"))
    let linked = try self.tool()
    try FileManager.default.removeItem(atPath: "\(linked.folder)/reports/quickstart/summary.md")
    try FileManager.default.createSymbolicLink(
      atPath: "\(linked.folder)/reports/quickstart/summary.md", withDestinationPath: "/etc/hostname")
    #expect(try make(linked).errors.contains("[link-in-folder]"))
    let edited = try self.tool()
    try edited.write("other", to: "reports/quickstart/summary.md")
    #expect(try make(edited).errors.contains("[edited-report]"))
    try FileManager.default.createDirectory(atPath: "\(edited.folder)/reports/notes", withIntermediateDirectories: true)
    try Self.write(to: "\(edited.folder)/reports/quickstart")
    let noted = try make(edited)
    #expect(noted.status == 0 && noted.errors.contains("[not-a-report]"), "\(noted.errors)")
  }

  /// An earlier site's editions stay, and its history goes on.
  @Test func whatChangedIsToldAndEditionsStay() throws {
    let tool = try tool()
    #expect(try make(tool).status == 0)
    let editions = { (names: [String]) in
      names.filter { $0.hasPrefix("v/") && $0.hasSuffix("index.html") && $0.split(separator: "/").count == 4 }
    }
    let before = try tool.files("site")
    let kept = try #require(editions(Array(before.keys)).first)
    try Self.write(to: "\(tool.folder)/reports/quickstart") { files in
      files["results.json"]?.replace("\"n\": 64", with: "\"n\": 65", maxReplacements: 1)
    }
    let second = try tool.run([
      "site", "reports", "--out", "site", "--since", "site", "--base-url", Self.base, "--date", "2026-12-01", "--json",
    ])
    #expect(second.status == 0 && second.output.contains("\"changes\": 1"), "\(second.errors) \(second.output)")
    let after = try tool.files("site")
    #expect(editions(Array(after.keys)).count == 2 && after[kept] == before[kept])
    let feed = try tool.text("site/feed.xml")
    #expect(feed.contains("1 value of its results differs.") && feed.contains("The report is new."))
    #expect(feed.contains("<updated>2026-12-01T00:00:00Z</updated>"))
    #expect(try tool.text("site/changes.html").contains("2026-12-01"))
    let third = try tool.run([
      "site", "reports", "--out", "site", "--since", "site", "--base-url", Self.base, "--date", "2026-12-01", "--json",
    ])
    #expect(third.output.contains("\"changes\": 0") && third.output.contains("\"written\": 0"), "\(third.output)")
  }
}
