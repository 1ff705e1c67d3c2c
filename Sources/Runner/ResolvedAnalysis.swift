import Auditing
import Datasets
import Diagnostics
import Documents
import Expressions
import Measurements
import Sections
import Specs
import Tables

/// An analysis whose names have been looked up in the data catalogue.
package struct ResolvedAnalysis: Sendable {
  /// The spec.
  package var analysis: Analysis
  /// The tables that steps read: datasets in order, then measured ones.
  package var tables: [ResolvedTable]
  /// The measurements, in order.
  package var measures: [ResolvedMeasure]
  /// The parts that compute values, section by section, each in order.
  package var parts: [any AnalysisPart]
  /// The claims, in order.
  package var claims: [ResolvedClaim]
  /// The findings, in order.
  package var findings: [ResolvedClaim]
  /// What readers should know of all claims of a publication, by its key.
  var remarks: [String: String]

  /// True when claims or findings are to be judged.
  package var isJudged: Bool { !claims.isEmpty || !findings.isEmpty }
  /// Findings that keep nothing from being computed.
  package var warnings: [Diagnostic] = []

  /// The spec, parts and claims: all that its claims and printed numbers are judged and shown by.
  package var audited: AuditedAnalysis {
    AuditedAnalysis(analysis: analysis, parts: parts, claims: claims, findings: findings, remarks: remarks)
  }

  /// The files that tell what is one unit of tables read from others.
  package var unitFiles: [CatalogFile] {
    tables.compactMap { if case .partner(let partner) = $0.unitRule { partner.file } else { nil } }
  }

  /// The table of a name.
  func table(_ name: String) -> ResolvedTable? { tables.first { $0.name == name } }

  /// The measurement of a name.
  func measure(_ name: String) -> ResolvedMeasure? { measures.first { $0.name == name } }

  /// The part of a name.
  func part(_ name: String) -> (any AnalysisPart)? { parts.first { $0.name == name } }

  /// Sections of the spec that are described by what was looked up for them, by the names of their properties.
  private static let lookedUp: Set<String> = [
    "datasets", "measures", "parts", "claims", "findings", "warnings",
  ]

  /// Everything that a report can be made from besides the outputs of steps: the spec, what the catalogue says of its
  /// tables, titles. Where the spec's file is decides nothing, nor does its text, of which a report has lines in its key.
  var presentation: [JSONMember] {
    let spec = (Described.json(analysis).members ?? []).filter {
      !["file", "source"].contains($0.key) && !Self.lookedUp.contains($0.key)
    }
    let measures = self.measures.map { measure -> JSONMember in
      var measure = measure
      measure.settings.tokens.base = ""
      return JSONMember(key: measure.name, value: Described.json(measure))
    }
    return [
      JSONMember(key: "analysis", value: .object(spec)),
      JSONMember(key: "tables", value: .object(tables.map { JSONMember(key: $0.name, value: Described.json($0)) })),
      JSONMember(key: "measures", value: .object(measures)),
      JSONMember(key: "parts", value: .object(parts.map { JSONMember(key: $0.name, value: $0.presentation) })),
      JSONMember(key: "claims", value: .object(claims.map { JSONMember(key: $0.name, value: Described.json($0)) })),
      JSONMember(key: "findings", value: .object(findings.map { JSONMember(key: $0.name, value: Described.json($0)) })),
      JSONMember(key: "remarks", value: Described.json(remarks)),
    ]
  }
}

/// A dataset as an analysis uses it, or a measured table, with the columns it will have.
package struct ResolvedTable: Sendable {
  /// The origin of a table.
  package enum Source: Sendable, Hashable {
    /// A dataset of the catalogue, a measurement of another analysis' report, or a file of the user's own.
    case dataset(DatasetUse)
    /// A measurement: its runs, or its architectures.
    case measured(String, isRuns: Bool)
  }

  /// Its name, its columns after joins and what its units are called.
  package var known: KnownTable
  /// The rule by which its rows are of one unit; nil when every row stands by itself, and for measured tables.
  package var unitRule: UnitRule?
  /// Its origin: a dataset as the spec uses it, or a measurement.
  package var source: Source
  /// Columns made by expressions from what is imported, in order.
  package var derivedBeforeJoins: [DerivedColumn] = []
  /// Columns made by expressions from what is joined too, in order.
  package var derivedAfterJoins: [DerivedColumn] = []

  /// The dataset in the catalogue; nil for measured tables, here or in another analysis, and for the user's own files.
  package var dataset: CatalogDataset?
  /// The dataset's file in the catalogue; nil for measured tables and for the user's own files.
  package var file: CatalogFile?
  /// The measurement of another analysis whose report is read; nil for other tables.
  package var reported: ReportedMeasurement?
  /// The user's own file, read; nil for other tables.
  package var own: OwnDataset?

  /// The spec's entry for the dataset; nil for measured tables.
  package var use: DatasetUse? { if case .dataset(let use) = source { use } else { nil } }

  /// The name in the analysis.
  package var name: String { known.name }
  /// The columns after joins.
  package var columns: [ColumnSchema] { known.columns }
  /// What one of the units is called whose rows are drawn together; nil when every row stands by itself.
  package var unit: UnitNoun? { known.unit }

  /// The schema of a column.
  func column(_ name: String) -> ColumnSchema? { known.column(name) }
}
