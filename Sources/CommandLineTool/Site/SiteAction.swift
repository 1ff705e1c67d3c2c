import Datasets
import Diagnostics
import Files
import Metrics
import Proxies
import Reports
import Runner
import Site

/// Reads reports, makes the site and puts it in its place.
struct SiteAction {
  /// What was made.
  struct Made {
    var reports: [String]
    var files: Int
    var bytes: Int
    var written: Int
    /// The changes since the earlier site.
    var changes: Int
    var warnings: [Diagnostic]
  }

  /// The most reports of a site, and the most bytes of them.
  private static let reportLimit = 500
  private static let byteLimit = 1 << 30

  private let command: SiteCommand
  private let day: String

  init(_ command: SiteCommand, day: String) {
    self.command = command
    self.day = day
  }

  func run() throws -> Made {
    try ReportPublisher.check(command.out, replacesOthers: command.force, .site)
    let base = try address(command.baseUrl, option: "--base-url")
    let repository = try command.repository.map { try address($0, option: "--repository") }
    let home = try Home.find(command.home)
    var (reports, warnings) = try read()
    let earlier = try command.since.map { folder throws(DiagnosticsError) in try EarlierSite(folder) } ?? .none
    let templates = try TemplateSet(folders: ["\(home.folder)/templates"])
    let catalog = try home.catalog()
    reports.sort { $0.id < $1.id }
    let input = SiteInput(
      reports: reports, metrics: SiteCatalogue.metrics, metricOfColumn: { SiteCatalogue.metric(ofColumn: $0) },
      datasets: SiteCatalogue.datasets(catalog), bibliography: try home.bibliography(), documents: documents(home),
      templates: SiteTemplates(
        templates, siteStyle: try home.asset("site.css", without: "</style"),
        siteScript: try home.asset("site.js", without: "</script")),
      base: base.hasSuffix("/") ? base : base + "/", title: command.title, lead: command.lead, authors: command.author,
      repository: repository.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }, date: day, hero: command.hero,
      version: Version.current, earlier: earlier)
    let builder = SiteBuilder(input)
    let files = try builder.files()
    let written = try Interruption.shared.shielded {
      try ReportPublisher.publish(files, folder: command.out, replacesOthers: command.force, .site)
    }
    return Made(
      reports: reports.map(\.id), files: files.count, bytes: files.reduce(0) { $0 + $1.bytes.count }, written: written,
      changes: builder.changeCount, warnings: warnings)
  }

  /// An address of the web without what would end an attribute or a path.
  private func address(_ text: String, option: String) throws(DiagnosticsError) -> String {
    let isPlain = text.utf8.allSatisfy { $0 > 32 && $0 < 127 && !"\"'<>\\`{}|^".utf8.contains($0) }
    let parts = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    let host = parts.count > 2 ? parts[2] : ""
    guard isPlain, text.utf8.count <= 500, parts.count > 2, ["https:", "http:"].contains(parts[0]), parts[1].isEmpty,
      !host.isEmpty, !host.contains("@"), !text.contains("?"), !text.contains("#")
    else {
      throw DiagnosticsError(
        [
          Diagnostic(
            id: "bad-address", message: "\(option) is not an address of the web: \(text)",
            reason: "feeds, citations and maps of a site name its pages in full",
            fix: "give one that begins with https:// or http://, without a query, as in https://example.org/audits/")
        ], kind: .usage)
    }
    return text
  }

  private func read() throws(DiagnosticsError) -> (reports: [SiteReport], warnings: [Diagnostic]) {
    let folder = command.reports
    guard FileSystem.isFolder(folder) else {
      throw failure("no-reports", "\(folder) is no folder", "name the folder that the reports' folders are in")
    }
    if FileSystem.isFile("\(folder)/results.json") {
      throw failure(
        "no-reports", "\(folder) is a report itself", "name the folder that it is in: \(FileSystem.folder(of: folder))")
    }
    var reports: [SiteReport] = []
    var problems: [Diagnostic] = []
    var warnings: [Diagnostic] = []
    var bytes = 0
    let names = FileSystem.names(in: folder).filter { !$0.hasPrefix(".") && FileSystem.isFolder("\(folder)/\($0)") }
    for name in names.prefix(Self.reportLimit) {
      let place = "\(folder)/\(name)"
      guard ["results.json", "digests.txt"].contains(where: { FileSystem.exists("\(place)/\($0)") }) else {
        warnings.append(
          Diagnostic(
            id: "not-a-report", severity: .warning, message: "\(place) is no report, and is left out",
            fix: "keep other files elsewhere"))
        continue
      }
      var reader = SiteReportReader(folder: place, id: name)
      if let report = reader.read() {
        reports.append(report)
        bytes += report.files.reduce(0) { $0 + $1.bytes.count }
      }
      if bytes > Self.byteLimit {
        problems.append(
          Diagnostic(
            id: "too-many-reports", message: "the reports up to \(place) hold \(bytes) bytes",
            fix: "make sites of at most \(Self.byteLimit) bytes of reports"))
        break
      }
      problems += reader.problems
      warnings += reader.warnings
    }
    if names.count > Self.reportLimit {
      problems.append(
        Diagnostic(
          id: "too-many-reports", message: "\(folder) holds \(names.count) folders",
          fix: "make sites of at most \(Self.reportLimit) reports"))
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    guard !reports.isEmpty else {
      throw failure("no-reports", "\(folder) holds no report", "write one with `trainfree run`, or name another folder")
    }
    return (reports, warnings)
  }

  private func failure(_ id: String, _ message: String, _ fix: String) -> DiagnosticsError {
    DiagnosticsError([Diagnostic(id: id, message: message, fix: fix)], kind: .missingInput)
  }

  /// The documents that the home has.
  private func documents(_ home: Home) -> [SiteDocument] {
    let guides = FileSystem.names(in: "\(home.folder)/docs").filter { $0.hasSuffix(".md") }.map { "docs/\($0)" }
    return (["README.md"] + guides + ["data/README.md", "CONTRIBUTING.md"]).compactMap { path in
      guard let bytes = try? FileSystem.read("\(home.folder)/\(path)", limit: 1 << 20),
        let text = String(validating: bytes, as: UTF8.self)
      else { return nil }
      return SiteDocument(path: path, text: text.replacing("\r\n", with: "\n"))
    }
  }
}

/// The catalogues of metrics and data, as a site has them.
enum SiteCatalogue {
  static var metrics: [SiteMetric] {
    MetricCatalog.all.map { metric in
      var facts = [
        ("better", metric.better.rawValue), ("networks", MetricsCommand.kinds(metric).joined(separator: ", ")),
        ("needs", MetricsCommand.needs(metric).joined(separator: ", ")),
        ("choices", MetricsCommand.optionsText(metric)),
      ]
      if let protocols = metric.protocols { facts.append(("protocols", protocols)) }
      return SiteMetric(
        id: metric.id, title: metric.title, summary: metric.summary, formula: metric.formula, source: metric.reference,
        facts: facts.map { (label: $0.0, text: $0.1) })
    }
      + NamedProxy.catalogue.filter { proxy in MetricCatalog.description(of: proxy.name) == nil }.map { proxy in
        SiteMetric(
          id: proxy.name, title: proxy.title, summary: "A published proxy, as a formula of the proxy language.",
          formula: proxy.formula, source: proxy.source,
          facts: [(label: "better", text: proxy.higherIsBetter ? "higher" : "lower")])
      }
  }

  /// The names that analyses and datasets put before those of metrics, for the networks that they are of.
  private static let variants = ["published-", "declared-", "trained-", "released-", "measured-"]

  /// The id of the metric that a column is of: by its own name, that of a layer, of a variant, or of a mean.
  static func metric(ofColumn column: String) -> String? {
    var name = column[...]
    if let variant = variants.first(where: { name.hasPrefix($0) }) { name = name.dropFirst(variant.utf8.count) }
    if name.hasPrefix("layer-") {
      let rest = name.dropFirst("layer-".count).drop { ("0"..."9").contains($0) }
      if rest.hasPrefix("-") { name = rest.dropFirst() }
    }
    for suffix in ["-normalized", "-once"] where name.hasSuffix(suffix) { name = name.dropLast(suffix.utf8.count) }
    if let known = MetricCatalog.selection(String(name))?.id { return known }
    return NamedProxy.catalogue.first { $0.name == name }?.name
  }

  static func datasets(_ catalog: Catalog) -> [SiteDataset] {
    catalog.datasets.compactMap { dataset in
      guard let file = catalog.file(dataset.file) else { return nil }
      return SiteDataset(
        id: dataset.id, title: dataset.title, summary: dataset.summary, address: file.address, licence: file.licence,
        citation: file.citation, byteCount: file.byteCount, digest: file.digest)
    }
  }
}
