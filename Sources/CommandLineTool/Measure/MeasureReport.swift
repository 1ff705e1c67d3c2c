import Diagnostics
import Documents
import Measurements
import Outcomes

/// The outcomes of measuring, as text and as JSON. Neither holds times, so that equal measurements give equal bytes.
struct MeasureReport {
  let settings: MeasureSettings
  /// Names of the metric columns.
  let columns: [String]
  /// SHA-256 of the text set; nil without one.
  let textDigest: String?
  let items: [MeasureAction.Item]
  let outcomes: [Result<Evaluation, EvaluationFailure>]
  let warnings: [Diagnostic]

  /// A table with a row for each metric column of each measurement that did not fail.
  var text: String {
    var rows = [["architecture", "seed", "batch", "metric", "value"]]
    for (item, outcome) in zip(items, outcomes) {
      guard case .success(let result) = outcome else { continue }
      for (column, outcome) in zip(columns, result.outcomes) {
        rows.append([
          item.architecture, String(item.request.seed), String(item.request.batch), column, Self.text(outcome),
        ])
      }
    }
    return AlignedText.table(rows)
  }

  /// Settings, and an object for each measurement. A value that is undefined is null, with the reason beside it.
  var json: JSONValue {
    let formulas = settings.proxies.map { JSONMember(key: $0.name, value: .string($0.program.text)) }
    return [
      "metrics": .array(settings.metrics.map { .string($0) }), "formulas": .object(formulas),
      "protocol": .string(settings.metricProtocol.rawValue), "precision": .string(settings.precision.rawValue),
      "network": settings.networkJSON,
      "tokens": [
        "source": .string(settings.tokens.use), "text-sha256": textDigest.map { .string($0) } ?? .null,
        "steps": .integer(settings.tokens.steps), "columns": .integer(settings.tokens.columns),
        "order": .string(settings.tokens.order.rawValue),
      ],
      "measurements": .array(zip(items, outcomes).map { json($0, $1) }),
      "diagnostics": .array(warnings.map(\.json)),
    ]
  }

  private static func text(_ outcome: Outcome<Double>) -> String {
    switch outcome {
    case .success(let value): JSONValue.numberText(value)
    case .failure(let reason): "undefined: \(reason)"
    }
  }

  private func json(_ item: MeasureAction.Item, _ outcome: Result<Evaluation, EvaluationFailure>) -> JSONValue {
    var values: [JSONMember] = []
    var reasons: [JSONMember] = []
    var failure: JSONValue = .null
    switch outcome {
    case .failure(let error): failure = .string(error.reason.text)
    case .success(let result):
      for (column, outcome) in zip(columns, result.outcomes) {
        var value: JSONValue = .null
        switch outcome {
        case .success(let number): value = .number(number)
        case .failure(let reason): reasons.append(JSONMember(key: column, value: .string(reason.text)))
        }
        values.append(JSONMember(key: column, value: value))
      }
    }
    return [
      "architecture": .string(item.architecture), "seed": .integer(item.request.seed),
      "batch": .integer(item.request.batch),
      "values": .object(values), "undefined": .object(reasons), "failure": failure,
    ]
  }
}
