import Diagnostics
import Documents
import Files
import Reports

/// What was there before: a site that was made earlier, or a folder of reports.
///
/// Of a site the history of changes and the editions that have permanent addresses are kept; both are read within bounds, and
/// pages of editions are held against what reports are made of, as those of reports are.
package struct EarlierSite: Sendable {
  /// A report as it was.
  struct Report: Sendable {
    let results: JSONValue
    /// SHA-256 by path.
    let digests: [String: String]
    /// SHA-256 of the list of digests.
    let digest: String

    var claims: [SiteClaim] { (results["claims"]?.members ?? []).compactMap { SiteClaim($0) } }
  }

  /// The most editions of all reports that are kept, and the most bytes of them.
  private static let editionLimit = 500
  private static let byteLimit = 1 << 30

  /// True when something earlier was named.
  let isThere: Bool
  /// The reports by name.
  let reports: [String: Report]
  /// The changes so far, the newest first.
  let changes: [SiteChange]
  /// The files of editions, by their path in the site.
  let kept: [RenderedReport.File]

  /// Nothing.
  package static let none = EarlierSite(isThere: false, reports: [:], changes: [], kept: [])

  private init(isThere: Bool, reports: [String: Report], changes: [SiteChange], kept: [RenderedReport.File]) {
    (self.isThere, self.reports, self.changes, self.kept) = (isThere, reports, changes, kept)
  }

  /// Reads a folder.
  ///
  /// - Throws: `DiagnosticsError` when it is neither a site nor a folder of reports.
  package init(_ folder: String) throws(DiagnosticsError) {
    let isSite = FileSystem.isFile("\(folder)/\(SiteState.path)")
    let home = isSite ? "\(folder)/r" : folder
    var reports: [String: Report] = [:]
    for name in FileSystem.names(in: home) where SiteReportReader.isName(name) {
      guard let report = Self.report("\(home)/\(name)") else { continue }
      reports[name] = report
    }
    guard isSite || !reports.isEmpty else {
      throw DiagnosticsError(
        [
          Diagnostic(
            id: "no-earlier-site", message: "\(folder) is no site and holds no report",
            fix: "name with --since a folder that `trainfree site` wrote, or a folder of reports")
        ], kind: FileSystem.isFolder(folder) ? .badInput : .missingInput)
    }
    isThere = true
    self.reports = reports
    changes = isSite ? try SiteState.changes(in: folder) : []
    kept = isSite ? try Self.editions(in: folder) : []
  }

  private static func report(_ folder: String) -> Report? {
    guard let list = try? FileSystem.read("\(folder)/digests.txt", limit: 4 << 20),
      let bytes = try? FileSystem.read("\(folder)/results.json", limit: SiteReportReader.byteLimit),
      let node = try? DocumentReader.read(bytes, file: "results.json", limits: .data)
    else { return nil }
    let lines = String(decoding: list, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: " ", maxSplits: 2).map(String.init)
    }
    let pairs = lines.filter { $0.count == 3 }.map { ($0[2], $0[0]) }
    return Report(
      results: JSONValue(node), digests: Dictionary(pairs, uniquingKeysWith: { first, _ in first }),
      digest: SHA256.hexDigest(list))
  }

  private static func editions(in folder: String) throws(DiagnosticsError) -> [RenderedReport.File] {
    var files: [RenderedReport.File] = []
    var problems: [Diagnostic] = []
    var (count, bytes) = (0, 0)
    for id in FileSystem.names(in: "\(folder)/v") where SiteReportReader.isName(id) {
      for edition in FileSystem.names(in: "\(folder)/v/\(id)")
      where SiteReportReader.isName(edition) && FileSystem.isFolder("\(folder)/v/\(id)/\(edition)") {
        count += 1
        guard count <= editionLimit else { continue }
        let place = "v/\(id)/\(edition)"
        var reader = SiteReportReader(folder: "\(folder)/\(place)", id: id)
        let read = reader.edition()
        problems += reader.problems
        bytes += read.reduce(0) { $0 + $1.bytes.count }
        files += read.map { .init(path: "\(place)/\($0.path)", bytes: $0.bytes) }
      }
    }
    if count > editionLimit || bytes > byteLimit {
      problems.append(
        Diagnostic(
          id: "too-many-editions", message: "\(folder)/v holds \(count) editions with \(bytes) bytes",
          reason: "at most \(editionLimit) with \(byteLimit) bytes are kept", fix: "take the oldest out of the folder"))
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return files
  }
}
