import Claims
import Documents
import Sizes
import Statistics
import Tables

// Words of measurements, of the statistics and of claims that specs use as they are.
extension MetricProtocol: FieldWord {}
extension NumericPrecision: FieldWord {}
extension ArchitectureKind: FieldWord {}
extension EncoderVariant: FieldWord {}
extension WeightSource: FieldWord {}
extension BatchOrder: FieldWord {}
extension Direction: FieldWord {}
extension ColumnRole: FieldWord {}
extension ColumnType: FieldWord {}
extension Coefficient: FieldWord {}
extension MissingPolicy: FieldWord {}
extension BootstrapSettings.Method: FieldWord {}
extension AdjustedPValues.Method: FieldWord {}
extension ClaimSeverity: FieldWord {}
extension ClaimExpectation.Reproduced: FieldWord {}
extension ClaimExpectation.Inferred: FieldWord {}
extension Inference.Basis: FieldWord {}
extension ClaimFamily.Correction: FieldWord {}

/// Columns that a section selects.
package enum ColumnSelection: FieldValue {
  /// Every column of role `metric`.
  case all
  /// The columns of these names, in this order.
  case columns([Located<String>])

  package static var schema: Schema { .either([.word(["all"]), .list(.identifier, minimum: 1)]) }

  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> ColumnSelection? {
    guard node.elements != nil else { return .all }
    return Array<Located<String>>.read(node, as: .list(.identifier, minimum: 1), reading).map { .columns($0) }
  }

  package var canonical: JSONValue {
    switch self {
    case .all: "all"
    case .columns(let names): names.canonical
    }
  }

  /// Columns that stand in no spec, for what is made in code.
  package static func named(_ names: [String]) -> ColumnSelection {
    .columns(names.map { Located($0, at: Located<String>.unread.location) })
  }

  /// The columns named; none where all are selected.
  package var named: [Located<String>] { if case .columns(let names) = self { names } else { [] } }
}

extension Field where Root: Keyed {
  /// Columns chosen by name, or all of role metric; the section looks them up.
  package static func selection(
    _ key: String, _ path: Path<ColumnSelection>, _ summary: String, isRequired: Bool = false
  ) -> Field {
    isRequired ? .required(key, path, summary) : .optional(key, path, summary)
  }

  /// Bootstrap intervals, or none.
  package static func interval(_ path: Path<IntervalSpec?>, _ summary: String = "Bootstrap intervals.") -> Field {
    .optional(
      "interval", path, summary, .either([.word(["none"]), IntervalSpec.schema]),
      fallback: Root()[keyPath: path] == nil ? "none" : .none)
  }
}

/// The settings of bootstrap intervals.
package struct IntervalSpec: Keyed {
  package var method = BootstrapSettings.Method.bca
  package var resamples = 9999
  package var seed = Seed()
  /// Coverage of the intervals, in (0.5, 1).
  package var level = 0.95
  /// True when the rows of a cluster are resampled together, where the dataset has clusters.
  package var clustered = true

  package init() {}

  package static let definition = "interval"
  package static let summary = "How intervals are made."
  package static let fields: [Field<IntervalSpec>] = [
    .optional("method", \.method, "Bootstrap method."),
    .optional("resamples", \.resamples, "Number of resamples.", .integer(100...1_000_000)),
    .optional("seed", \.seed, "Seed of the resamples."),
    .optional("level", \.level, "Coverage.", .number(0.5...1, exclusive: true)),
    .optional("clustered", \.clustered, "Whether rows of a cluster are resampled together."),
  ]

  /// The settings of the bootstrap.
  package var settings: BootstrapSettings {
    BootstrapSettings(method: method, resamples: resamples, seed: seed.bits, level: level)
  }
}
