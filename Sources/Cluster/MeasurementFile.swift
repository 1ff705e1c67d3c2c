import Diagnostics
import Documents
import Files
import Measurements
import Sizes
import Specs

/// What every request of a measurement shares: the settings, from which a worker makes the same keys as the process that asks.
///
/// The settings are those of the spec, read with the same shapes and bounds. `configuration` decides: a worker whose program,
/// catalogue or data would give other keys refuses to measure.
struct MeasurementFile: Keyed {
  /// The version of the files of a measurement.
  static let version = 1

  /// The version that the file says it has.
  var format = 0
  /// SHA-256 of all that the evaluations share.
  var configuration = Located<String>.unread
  /// Number of metric columns.
  var columns = 1
  /// The folder in which relative folders with texts are looked for.
  var base: String?
  /// Ids of metrics, in order.
  var metrics: [String] = []
  var network = NetworkSpec()
  var tokens = TokenSpec()
  var proxies = Entries<ProxySpec>()

  init() {}

  static let definition = "cluster-measurement"
  static let summary = "What the requests of a measurement share."
  static let fields: [Field<MeasurementFile>] = [
    .required("format", \.format, "Version of the files.", .integer(version...version)),
    .required("configuration", \.configuration, "SHA-256 of all that the evaluations share.", .text),
    .required("columns", \.columns, "Number of metric columns.", .integer(1...100_000)),
    .optional("base", \.base, "Folder in which folders with texts are looked for.", .text),
    .optional("metrics", \.metrics, "Ids of metrics.", .list(.text, minimum: 1)),
    .required("network", \.network, "The network."),
    .required("tokens", \.tokens, "The tokens."),
    .optional("proxies", \.proxies, "Metrics by formulas."),
  ]
}

extension MeasurementFile {
  /// The file of a measurement.
  init(_ work: EvaluationWork) {
    let (spec, settings) = (work.measure.spec, work.measure.settings)
    format = Self.version
    configuration = Located(stringLiteral: work.keys.configuration)
    columns = work.columns
    base = settings.tokens.base.isEmpty ? nil : ArrayFolder.absolute(settings.tokens.base)
    metrics = settings.metrics
    (network, tokens, proxies) = (spec.network, spec.tokens, spec.proxies)
  }

  /// The file's content.
  var text: String { Self.withoutEmpty(canonical).text(indent: 2) + "\n" }

  /// What was left out stays out: values that are null, and empty lists and mappings.
  private static func withoutEmpty(_ value: JSONValue) -> JSONValue {
    guard case .object(let members) = value else { return value }
    return .object(
      members.map { JSONMember(key: $0.key, value: withoutEmpty($0.value)) }.filter { member in
        switch member.value {
        case .null, .array([]), .object([]): false
        default: true
        }
      })
  }

  /// Reads a file.
  ///
  /// - Throws: `DiagnosticsError` with every problem at its place.
  static func read(_ path: String) throws(DiagnosticsError) -> MeasurementFile {
    let bytes = try ArrayFolder.bytes(path, limit: DocumentLimits.data.bytes)
    let node = try DocumentReader.read(bytes, file: path, limits: .data)
    var validator = SchemaValidator()
    validator.check(node, against: schema, name: "the measurement")
    guard validator.problems.isEmpty else { throw DiagnosticsError(validator.problems) }
    let source = SourceText(String(decoding: bytes, as: UTF8.self), file: path)
    guard let file = read(node, as: schema, Reading(source)) else {
      throw refusal("bad-measurement", SourceLocation(file: path, line: 1), "this is no measurement")
    }
    for proxy in file.proxies where proxy.formula.program == nil {
      throw refusal(
        "bad-formula", proxy.formula.location, "the formula of \(proxy.name.value) cannot be read")
    }
    if let problem = file.sizeProblems.first {
      throw refusal("too-large", SourceLocation(file: path, line: 1), problem)
    }
    return file
  }

  /// What every architecture is measured with.
  var settings: MeasureSettings {
    let spec = MeasureSpec {
      ($0.network, $0.tokens, $0.proxies) = (network, tokens, proxies)
    }
    return MeasureSettings(spec, metrics: metrics, base: base ?? "")
  }

  /// The bounds that the sizes break together.
  private var sizeProblems: [String] {
    let settings = settings
    let (steps, batch) = (settings.tokens.steps, settings.tokens.columns)
    let countsAlone = !metrics.isEmpty && metrics.allSatisfy { MeasurementSizes.countMetrics.contains($0) }
    if countsAlone, proxies.isEmpty { return [] }
    guard settings.network.kind == .recurrentCell else {
      return SizeBounds.problems(sequenceLength: steps, batchSize: batch)
    }
    return SizeBounds.problems(
      vocabulary: settings.vocabulary, embedding: settings.embedding, hidden: settings.hidden, layers: settings.layers,
      sequenceLength: steps, batchSize: batch)
  }

  private static func refusal(_ id: String, _ location: SourceLocation, _ message: String) -> DiagnosticsError {
    DiagnosticsError([
      Diagnostic(
        id: id, location: location, message: message, fix: "remove the folder, and let `trainfree run` make it anew")
    ])
  }
}
