import Diagnostics
import Documents
import Files
import Reports

/// Reads a report's folder, which may be anybody's: nothing in it is taken for what it says it is.
///
/// What is taken over are the files that `digests.txt` lists, with the content that it says, of the kinds that reports have, at the
/// paths that reports have; pages and drawings only in the markup of reports. Files that are listed and not there, such as
/// figures as PDF that are not kept in a repository, are left out.
package struct SiteReportReader {
  /// The most files of a report.
  static let fileLimit = 5_000
  /// The most bytes of a file.
  static let byteLimit = 32 << 20
  /// The files that make a folder a report's.
  static let required = ["digests.txt", "index.html", "provenance.json", "report.md", "results.json"]

  let folder: String
  let id: String
  package private(set) var problems: [Diagnostic] = []
  /// What is left out, and keeps nothing from being read.
  package private(set) var warnings: [Diagnostic] = []

  package init(folder: String, id: String) {
    self.folder = folder
    self.id = id
  }

  /// The report; nil when there are problems.
  package mutating func read() -> SiteReport? {
    let missing = Self.required.filter { !FileSystem.isFile("\(folder)/\($0)") }
    guard missing.isEmpty else {
      problem(
        "not-a-report",
        "\(folder) is no report: \(missing.joined(separator: ", ")) \(missing.count == 1 ? "is" : "are") not there")
      return nil
    }
    guard Self.isName(id) else {
      problem(
        "bad-report-name", "\(folder): the name cannot be part of an address",
        fix: "use letters, digits and hyphens, at most 100")
      return nil
    }
    guard let list = bytes("digests.txt"), let digests = digests(list) else { return nil }
    var files: [RenderedReport.File] = [.init(path: "digests.txt", bytes: list)]
    for (path, digest) in digests.sorted(by: { $0.key < $1.key }) {
      guard let content = present(path) else { continue }
      guard SHA256.hexDigest(content) == digest else {
        // Figures for print need not be kept with a report; those of an earlier run may lie there.
        if path.hasSuffix(".pdf") || path.hasSuffix(".png") {
          warnings.append(
            Diagnostic(
              id: "stale-figure", severity: .warning,
              message: "\(folder)/\(path) is not the file that digests.txt lists, and is left out",
              fix: "write the report anew with `trainfree run`"))
          continue
        }
        problem(
          "edited-report", "\(folder)/\(path) is not the file that digests.txt lists",
          fix: "write the report anew with `trainfree run`")
        continue
      }
      if let reason = Self.refusal(path, content) {
        problem("foreign-content", "\(folder)/\(path) is not what a report has there: \(reason)")
        continue
      }
      files.append(.init(path: path, bytes: content))
    }
    let unlisted = Self.required.filter { $0 != "digests.txt" && digests[$0] == nil }
    if !unlisted.isEmpty {
      problem("edited-report", "\(folder)/digests.txt does not list \(unlisted.joined(separator: ", "))")
    }
    guard problems.isEmpty, let results = json("results.json", files) else { return nil }
    files.sort { $0.path < $1.path }
    let page = files.first { $0.path == "index.html" }?.bytes ?? []
    let text = ReportText(files.first { $0.path == "report.md" }?.bytes ?? [])
    let drawn = Set(files.map(\.path).filter { $0.hasPrefix("figures/") && $0.hasSuffix(".svg") })
    return SiteReport(
      id: id, title: text.title.isEmpty ? id : text.title, lead: text.lead, opening: text.opening,
      corrections: Self.corrections(files.first { $0.path == "comment.md" }?.bytes ?? []),
      version: text.version, digest: SHA256.hexDigest(list), files: files, digests: digests,
      results: results, claims: (results["claims"]?.members ?? []).compactMap { SiteClaim($0) },
      findings: (results["findings"]?.members ?? []).compactMap { SiteClaim($0) },
      figures: text.figures.filter { drawn.contains("figures/\($0.name).svg") }, anchors: Self.ids(page),
      captions: Self.captions(page))
  }

  /// The files of an edition that an earlier site holds: those that its list has, the page as that site wrote it.
  mutating func edition() -> [RenderedReport.File] {
    guard let list = bytes("digests.txt"), let digests = digests(list) else { return [] }
    var files: [RenderedReport.File] = [.init(path: "digests.txt", bytes: list)]
    for (path, digest) in digests.sorted(by: { $0.key < $1.key }) {
      guard let content = present(path) else { continue }
      // The page has the head of the site that wrote it.
      let isKept = path == "index.html" || SHA256.hexDigest(content) == digest
      if let reason = isKept ? Self.refusal(path, content) : "it is not the file that digests.txt lists" {
        problem("foreign-content", "\(folder)/\(path) is not what an edition has there: \(reason)")
      } else {
        files.append(.init(path: path, bytes: content))
      }
    }
    return files
  }

  private mutating func problem(_ id: String, _ message: String, fix: String? = nil) {
    problems.append(
      Diagnostic(id: id, message: message, fix: fix ?? "name a folder whose folders `trainfree run` wrote"))
  }

  /// A name that can be part of an address.
  static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.count <= 100, first != UInt8(ascii: "."), first != UInt8(ascii: "-")
    else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        true
      default: false
      }
    }
  }

  /// The paths with their digests; nil when the list is none.
  private mutating func digests(_ list: [UInt8]) -> [String: String]? {
    var digests: [String: String] = [:]
    for line in String(decoding: list, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
      guard parts.count == 3, parts[0].utf8.count == 64, parts[0].allSatisfy(\.isHexDigit), Self.isPath(parts[2]),
        digests.count < Self.fileLimit, digests.updateValue(parts[0], forKey: parts[2]) == nil
      else {
        problem("bad-digests", "\(folder)/digests.txt is no list of a report's files, at `\(line.prefix(80))`")
        return nil
      }
    }
    return digests
  }

  /// The files at the top of a report.
  private static let top: Set<String> = [
    "index.html", "report.md", "summary.md", "comment.md", "results.json", "provenance.json",
  ]

  /// True for the path of a file at the top of a report, or in one of its folders.
  private static func isPath(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.allSatisfy({ isName($0) }) else { return false }
    if parts.count == 1 { return top.contains(path) }
    let kinds = [
      "figures": ["csv", "pdf", "png", "svg"], "tables": ["csv", "json", "tex"], "measurements": ["csv", "json"],
    ]
    return parts.count == 2 && kinds[parts[0]]?.contains { path.hasSuffix(".\($0)") } == true
  }

  /// The reason for which a file is not taken over; nil when it is what its name says.
  private static func refusal(_ path: String, _ content: [UInt8]) -> String? {
    switch path.split(separator: ".").last {
    case "html":
      path == "index.html" ? MarkupCheck.problem(content, .page) ?? PageHead.problem(content) : "another page"
    case "svg": MarkupCheck.problem(content, .drawing)
    case "png": content.starts(with: [0x89, 0x50, 0x4E, 0x47]) ? nil : "no PNG"
    case "pdf": content.starts(with: "%PDF-".utf8) ? nil : "no PDF"
    default: String(validating: content, as: UTF8.self) == nil ? "no UTF-8 text" : nil
    }
  }

  /// The content of a file that need not be there.
  private mutating func present(_ path: String) -> [UInt8]? {
    let folders = path.split(separator: "/").dropLast()
    // A link could lead anywhere.
    guard !FileSystem.isLink("\(folder)/\(path)"), !folders.contains(where: { FileSystem.isLink("\(folder)/\($0)") })
    else {
      problem("link-in-folder", "\(folder)/\(path) is a symbolic link, which is not followed")
      return nil
    }
    return FileSystem.exists("\(folder)/\(path)") ? bytes(path) : nil
  }

  private mutating func bytes(_ path: String) -> [UInt8]? {
    do throws(FileFailure) { return try FileSystem.read("\(folder)/\(path)", limit: Self.byteLimit) } catch {
      problem("unreadable-file", "\(error)", fix: "check what it is, its size and its permissions")
      return nil
    }
  }

  private mutating func json(_ path: String, _ files: [RenderedReport.File]) -> JSONValue? {
    guard let file = files.first(where: { $0.path == path }) else { return nil }
    do throws(DiagnosticsError) {
      return JSONValue(try DocumentReader.read(file.bytes, file: "\(folder)/\(path)", limits: .data))
    } catch {
      problems += error.diagnostics
      return nil
    }
  }

  /// The ids of a page.
  private static func ids(_ page: [UInt8]) -> Set<String> {
    var ids: Set<String> = []
    let mark = Array(" id=\"".utf8)
    var rest = page[...]
    while let found = rest.firstRange(of: mark) {
      rest = rest[found.upperBound...]
      guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { break }
      let id = String(decoding: rest[..<end], as: UTF8.self)
      // Others would have to be escaped in an address.
      if id.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "&") }) { ids.insert(id) }
      rest = rest[end...]
    }
    return ids
  }
}

extension SiteReportReader {
  /// The list under `What changed:` of a report's comment.
  private static func corrections(_ comment: [UInt8]) -> [String] {
    let lines = String(decoding: comment, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(of: "What changed:") else { return [] }
    return lines[(start + 1)...].drop { $0.isEmpty }.prefix { $0.hasPrefix("- ") }.prefix(50).map {
      String($0.dropFirst(2).prefix(2000))
    }
  }

  /// The captions of a page's tables: `Table 5. …`, without markup and the links to files.
  private static func captions(_ page: [UInt8]) -> [String: String] {
    var captions: [String: String] = [:]
    let (start, middle) = (" id=\"table-", "-caption\">")
    for part in String(decoding: page, as: UTF8.self).split(separator: "<div class=\"caption\"").dropFirst() {
      guard part.hasPrefix(start), let open = part.firstRange(of: middle) else { continue }
      let name = String(part[..<open.lowerBound].dropFirst(start.count))
      let rest = part[open.upperBound...]
      let end = ["<span class=\"files\">", "</div>"].compactMap { rest.firstRange(of: $0)?.lowerBound }.min()
      guard isName(name), let end, captions.count < 500 else { continue }
      captions[name] = String(plain(rest[..<end]).prefix(300))
    }
    return captions
  }

  /// The text of markup.
  private static func plain(_ html: Substring) -> String {
    var text = ""
    var isTag = false
    for character in html {
      if character == "<" {
        isTag = true
      } else if character == ">" {
        isTag = false
      } else if !isTag {
        text.append(character)
      }
    }
    return [("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")].reduce(text) {
      $0.replacing($1.0, with: $1.1)
    }
  }
}

/// What a site needs of `report.md`.
private struct ReportText {
  var title = ""
  var lead = ""
  var opening = ""
  var version = ""
  var figures: [SiteFigure] = []

  init(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    if let first = lines.first, first.hasPrefix("# ") {
      title = String(PageParts.words(String(first.dropFirst(2))).prefix(300))
    }
    func paragraph(from start: Int) -> String {
      lines[start...].drop { $0.isEmpty }.prefix { !$0.isEmpty }.joined(separator: "\n")
    }
    let edition = lines.prefix(12).first { $0.hasPrefix("trainfree ") } ?? ""
    version = String(edition.dropFirst("trainfree ".count).prefix { $0 != "," && $0 != " " }.prefix(24))
    let heading = lines.firstIndex { $0.hasPrefix("## ") }
    if lines.count > 1 {
      let text = paragraph(from: 1)
      if !text.hasPrefix("#"), !text.hasPrefix("trainfree ") { lead = String(PageParts.words(text).prefix(600)) }
    }
    if let heading {
      let text = paragraph(from: heading + 1)
      if !text.hasPrefix("#"), !text.hasPrefix("<"), !text.hasPrefix("|") { opening = String(text.prefix(3000)) }
    }
    var (alternative, name) = ("", "")
    for line in lines {
      if line.hasPrefix("<img alt=\"") {
        alternative = String(line.dropFirst("<img alt=\"".count).prefix { $0 != "\"" })
        let place = line.firstRange(of: " src=\"figures/").map { line[$0.upperBound...].prefix { $0 != "\"" } } ?? ""
        name = place.hasSuffix(".svg") ? String(place.dropLast(4)) : ""
      }
      guard figures.count < 200, !name.isEmpty, line.firstRange(of: "**Figure ") != nil,
        let stop = line.firstRange(of: ".** ")
      else { continue }
      guard SiteReportReader.isName(name), !figures.contains(where: { $0.name == name }) else { continue }
      figures.append(
        SiteFigure(
          name: name, number: figures.count + 1, caption: String(line[stop.upperBound...].prefix(2000)),
          alternative: String(PageParts.words(alternative).prefix(2000))))
      name = ""
    }
  }
}
