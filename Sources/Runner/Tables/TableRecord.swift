import Datasets
import Documents
import Measurements
import Outcomes
import Pipeline
import Tables

/// The entry of a table in the results: the origin of its rows, the rows read and left out, joins and conditions, and the numbers
/// of rows, clusters and undefined target values.
struct TableRecord: Codable, Sendable, Equatable {
  /// The origin of the rows, as the catalogue or the spec states it.
  struct Source: Codable, Sendable, Equatable {
    var dataset: String?
    var title: String?
    var file: String?
    var sha256: String?
    var licence: String?
    /// The analysis whose report holds the rows, the digest of its spec, and the version that made it; nil for other tables.
    var report: String?
    var specSha256: String?
    var trainfree: String?
    /// What a file of the user's own was taken for; nil for other tables.
    var guessed: GuessedColumns?
  }

  /// The report of the step that made the rows.
  enum Origin: Sendable, Equatable {
    case read(ImportReport)
    case measured(MeasuredReport)
    /// Nothing: of the runs of a measurement it is said once, with its architectures.
    case runs

    /// Rows read; nil for runs.
    var rowsRead: Int? {
      switch self {
      case .read(let report): report.rowsRead
      case .measured(let report): report.rowsRead
      case .runs: nil
      }
    }

    /// Rows read that made no row of the table; nil for runs.
    var skippedCount: Int? {
      switch self {
      case .read(let report): report.skippedCount
      case .measured(let report): report.skippedCount
      case .runs: nil
      }
    }
  }

  /// Number of undefined values in each target column, written under names such as `loss-missing`.
  struct MissingTargets: Sendable, Equatable {
    var counts: NamedValues<Int>
  }

  @Inlined var source: Source
  @Inlined var origin: Origin
  var rows: Int
  /// Rows read and not used: those that the import or the measurement skipped, those without a partner in a join, and those that do
  /// not meet a condition of the analysis. With `rows` they are all rows read; nil for the runs of a measurement.
  var leftOut: Int?
  var joins: NamedValues<JoinRecord>?
  /// The conditions of the analysis, with the rows that do not meet them; nil when it makes none.
  var conditions: [ConditionRecord]?
  /// Units of rows; nil when every row stands by itself.
  var clusters: Int?
  /// Rows that have all metrics of a row before them, in a table whose rows are drawn one by one; nil when they are not, or there
  /// are none.
  var repeatedRows: Int?
  @Inlined var missingTargets: MissingTargets
}

extension TableRecord {
  /// The keys that the record of a dataset may have.
  static func keys(of table: ResolvedTable) -> [String] {
    let always = [
      "title", "file", "sha256", "rows-read", "rows-kept", "skipped-count", "skipped", "repaired-count", "repaired",
      "missing", "rows", "left-out", "joins", "conditions", "clusters", "repeated-rows",
    ]
    return (table.own == nil ? ["dataset", "licence"] : ["guessed"]) + always
      + table.columns.filter { $0.role == .target }.map { "\($0.name)-missing" }
  }

  /// The artifacts that the record of a table is made from.
  static func inputs(of table: ResolvedTable) -> [StepInput] {
    let report = report(on: table)
    let joins = joins(of: table)
    return (report.map { [StepInput($0.step, from: $0.step, artifact: $0.artifact)] } ?? [])
      + [StepInput(rows(of: table), from: rows(of: table))]
      + (joins.map { [StepInput($0, from: rows(of: table), artifact: TableStep.joinsArtifact)] } ?? [])
      + (conditions(of: table).map { [StepInput($0, from: rows(of: table), artifact: TableStep.conditionsArtifact)] }
        ?? [])
  }

  private static func rows(of table: ResolvedTable) -> String { "table/\(table.name)" }

  /// The input that tells of a table's joins; nil without one.
  private static func joins(of table: ResolvedTable) -> String? {
    table.use?.join.isEmpty == false ? "\(rows(of: table))/joins" : nil
  }

  /// The input that tells of the conditions on a table's rows; nil without one.
  private static func conditions(of table: ResolvedTable) -> String? {
    table.use?.rows.isEmpty == false ? "\(rows(of: table))/conditions" : nil
  }

  /// The step that reports on a table's rows, and its artifact; nil for the runs of a measurement.
  private static func report(on table: ResolvedTable) -> (step: String, artifact: String)? {
    switch table.source {
    case .dataset: ("import/\(table.name)", ImportStep.reportArtifact)
    case .measured(let name, let isRuns): isRuns ? nil : ("measure/\(name)", MeasureStep.reportArtifact)
    }
  }

  /// Puts the entry of a table together from the artifacts of steps.
  ///
  /// - Throws: `Reason` when one is missing or cannot be read.
  init(_ table: ResolvedTable, _ resolved: ResolvedAnalysis, _ inputs: StepInputs) throws(Reason) {
    source = Source(table, resolved)
    let origin: Origin =
      switch (Self.report(on: table)?.step, table.source) {
      case (nil, _): .runs
      case (let step?, .dataset) where table.reported != nil: .measured(try inputs.json(step).decoded())
      case (let step?, .dataset): .read(try inputs.json(step).decoded())
      case (let step?, .measured): .measured(try inputs.json(step).decoded())
      }
    self.origin = origin
    let content = try inputs.table(Self.rows(of: table))
    rows = content.rowCount
    let joins: NamedValues<JoinRecord>? =
      if let name = Self.joins(of: table) { try inputs.json(name).decoded() } else { nil }
    let conditions: ConditionRecords? =
      if let name = Self.conditions(of: table) { try inputs.json(name).decoded() } else { nil }
    (self.joins, self.conditions) = (joins, conditions?.conditions)
    let unmatched = (joins?.entries ?? []).reduce(0) { $0 + ($1.value.kept ? 0 : $1.value.unmatched) }
    let unmet = (conditions?.conditions ?? []).reduce(0) { $0 + $1.leftOut }
    leftOut = origin.skippedCount.map { $0 + unmatched + unmet }
    clusters = content.clusters.map { Set($0).count }
    repeatedRows = resolved.draws(table) ? Self.repeats(in: content) : nil
    missingTargets = MissingTargets(
      counts: NamedValues(
        content.columns.filter { $0.schema.role == .target }.map { ($0.schema.name, $0.undefined.count) }))
  }
}

extension TableRecord {
  /// The number of rows that have all metrics of a row before them; nil for none. Of one metric alone, or of whole numbers, equal
  /// values are no sign of a repeat.
  private static func repeats(in table: Table) -> Int? {
    let metrics = table.columns.filter { $0.schema.role == .metric && $0.schema.type != .text }
    guard metrics.count > 1, metrics.contains(where: { $0.schema.type == .real }) else { return nil }
    let groups = table.groups(by: metrics.map(\.schema.name))
    let rows = (0..<table.rowCount).filter { row in metrics.contains { $0.undefined[row] == nil } }
    let count = rows.count - Set(rows.map { groups[$0] }).count
    return count > 0 ? count : nil
  }
}

extension ResolvedAnalysis {
  /// True when rows of a table are drawn one by one by some part.
  fileprivate func draws(_ table: ResolvedTable) -> Bool {
    table.unit == nil && parts.contains { $0.drawnTable == table.name }
  }
}

extension TableRecord.Source {
  /// Looks up the origin of a table's rows.
  init(_ table: ResolvedTable, _ resolved: ResolvedAnalysis) {
    self.init()
    switch table.source {
    case .measured(_, isRuns: true): break
    case .measured(let name, isRuns: false):
      (title, file) = (resolved.measure(name)?.title ?? name, "measured here")
    case .dataset:
      if let reported = table.reported {
        (dataset, title, file) = (reported.use, reported.measure.title, reported.file)
        (report, specSha256, trainfree) = (reported.analysis, reported.specDigest, reported.version)
        sha256 = reported.runs.digest
      } else if let own = table.own {
        (title, file, sha256, guessed) = (table.name, own.path, own.digest, own.guessed)
      }
      guard let found = table.dataset, let digested = table.file else { return }
      (dataset, title, file) = (found.id, found.title, digested.path)
      (sha256, licence) = (digested.digest, digested.licence)
    }
  }
}

extension TableRecord.Origin: Codable {
  private enum Keys: String, CodingKey { case rowsRead, architectures }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    if container.contains(.architectures) {
      self = .measured(try MeasuredReport(from: decoder))
    } else if container.contains(.rowsRead) {
      self = .read(try ImportReport(from: decoder))
    } else {
      self = .runs
    }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .read(let report): try report.encode(to: encoder)
    case .measured(let report): try report.encode(to: encoder)
    case .runs: break
    }
  }
}

extension TableRecord.MissingTargets: Codable {
  private static let suffix = "-missing"

  init(from decoder: any Decoder) throws {
    let named = try NamedValues<Int>(from: decoder) { $0.hasSuffix(Self.suffix) }
    counts = NamedValues(named.entries.map { (String($0.name.dropLast(Self.suffix.count)), $0.value) })
  }

  func encode(to encoder: any Encoder) throws {
    try NamedValues(counts.entries.map { ($0.name + Self.suffix, $0.value) }).encode(to: encoder)
  }
}
