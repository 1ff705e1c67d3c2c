import CairoRendering
import Datasets
import Diagnostics
import Figures
import Files
import Measurements
import Pipeline
import Reports
import Runner
import Sections
import Specs

/// The tool's version.
package enum Version {
  /// Semantic version.
  package static let current = "0.1.0"
}

/// An analysis that has been read, resolved and planned.
package struct Session {
  /// The analysis with names looked up.
  package let resolved: ResolvedAnalysis
  /// The steps of the analysis, each after those it reads from.
  package let plan: Plan
  /// The data catalogue.
  package let catalog: Catalog
  /// The folders with data files.
  package let location: DataLocation
  /// SHA-256 of the spec's file.
  package let specDigest: String

  /// Reads and resolves a spec without planning.
  static func resolve(
    _ spec: String, home: Home, files: String?, seed: Int? = nil
  ) throws(DiagnosticsError) -> (ResolvedAnalysis, Catalog, [UInt8]) {
    let bytes = try InputFile.read(spec)
    let analysis = try SectionCatalog.language.parse(bytes, file: InputFile.shown(spec), seed: seed)
    let (resolved, catalog) = try resolve(
      analysis, beside: spec, home: home, files: OwnFolders(beside: spec, files: files, metrics: .catalogue))
    return (resolved, catalog, bytes)
  }

  /// Resolves an analysis without planning.
  ///
  /// - Parameters:
  ///   - spec: The file beside which claims, templates and the user's own files are looked for.
  ///   - files: The folders with the user's own files.
  private static func resolve(
    _ analysis: Analysis, beside spec: String, home: Home, files: OwnFolders
  ) throws(DiagnosticsError) -> (ResolvedAnalysis, Catalog) {
    let catalog = try home.catalog()
    let claims = try home.claims(usedBy: analysis, beside: spec)
    let resolved = try AnalysisResolver.resolve(
      analysis, catalog: catalog, engine: Engine.standard, library: claims,
      reports: home.reports(beside: spec), files: files)
    let known = try home.bibliography().map(\.key)
    let unknown = analysis.references.filter { !known.contains($0.value) }
    guard unknown.isEmpty else {
      throw DiagnosticsError(
        unknown.map {
          Diagnostic(
            id: "unknown-reference", location: $0.location, message: "data/references.bib has no \($0.value)",
            fix: Suggestion.closest(to: $0.value, in: known).map { "did you mean \($0)?" } ?? "add it there")
        })
    }
    return (resolved, catalog)
  }

  /// Opens a spec.
  ///
  /// - Parameter executor: Decides where its evaluations are made.
  /// - Throws: `DiagnosticsError`, `ReportError`, `FigureRenderingError`.
  static func open(
    _ spec: String, places: PlaceOptions, seed: Int?, executor: any EvaluationExecutor = LocalExecutor()
  ) throws -> Session {
    let home = try Home.find(places.home)
    let (resolved, catalog, bytes) = try resolve(spec, home: home, files: places.files, seed: seed)
    return try planned(resolved, catalog, bytes, beside: spec, home: home, places: places, executor: executor)
  }

  /// Opens an analysis that was made, or changed, in memory.
  ///
  /// - Parameters:
  ///   - bytes: The text of its spec.
  ///   - spec: The file beside which claims and templates are looked for.
  ///   - files: The folders with the user's own files; that of the spec, then the one that the places name, when nil.
  /// - Throws: as `open`.
  static func open(
    _ analysis: Analysis, bytes: [UInt8], beside spec: String, files: OwnFolders? = nil, places: PlaceOptions
  ) throws -> Session {
    let home = try Home.find(places.home)
    let files = files ?? OwnFolders(beside: spec, files: places.files, metrics: .catalogue)
    let (resolved, catalog) = try resolve(analysis, beside: spec, home: home, files: files)
    return try planned(resolved, catalog, bytes, beside: spec, home: home, places: places)
  }

  private static func planned(
    _ resolved: ResolvedAnalysis, _ catalog: Catalog, _ bytes: [UInt8], beside spec: String, home: Home,
    places: PlaceOptions, executor: any EvaluationExecutor = LocalExecutor()
  ) throws -> Session {
    let location = DataLocation.standard(places)
    let setting = RunSetting(
      catalog: catalog, location: location, renderer: try CairoRenderer(date: PublicationDate.pdf),
      templates: try home.templates(beside: spec), bibliography: try home.bibliography(), version: Version.current,
      specDigest: SHA256.hexDigest(bytes), engine: Engine.standard, executor: executor,
      reports: home.reports(beside: spec))
    return Session(
      resolved: resolved, plan: PlanBuilder.plan(resolved, setting: setting), catalog: catalog, location: location,
      specDigest: setting.specDigest)
  }

  /// The files that the analysis reads.
  var files: [CatalogFile] {
    resolved.tables.compactMap(\.file) + resolved.unitFiles + resolved.measures.flatMap(\.tokens.files)
  }
}

/// The date written into PDF files: SOURCE_DATE_EPOCH when it is set, a fixed one otherwise.
enum PublicationDate {
  /// The date in ISO 8601, such as `2000-01-01T00:00:00Z`.
  static var pdf: String {
    guard let epoch = Environment.value("SOURCE_DATE_EPOCH"), let seconds = Int(epoch),
      (0...253_402_300_799).contains(seconds)
    else { return "2000-01-01T00:00:00Z" }
    return text(seconds)
  }

  /// Days to year, month, day by Hinnant's algorithm for the proleptic Gregorian calendar.
  static func text(_ seconds: Int) -> String {
    let shifted = seconds / 86400 + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let rest = seconds % 86400
    return "\(year)-\(two(month))-\(two(day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }
}
