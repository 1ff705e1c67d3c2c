import Diagnostics
import Documents
import Metrics
import Outcomes

/// What measuring gave, as text and as JSON. Neither holds times, so that equal measurements give equal bytes.
struct MeasureReport {
  let settings: MeasureAction.Settings
  /// SHA-256 of the text set; nil without one.
  let textDigest: String?
  let items: [MeasureAction.Item]
  let outcomes: [Result<MeasurementResult, MetricError>]
  let warnings: [Diagnostic]

  /// A table with a row for each metric column of each measurement that did not fail.
  var text: String {
    var rows = [["architecture", "seed", "batch", "metric", "value"]]
    for (item, outcome) in zip(items, outcomes) {
      guard case .success(let result) = outcome else { continue }
      for (column, outcome) in result.outcomes {
        rows.append([item.architecture.name, String(item.seed), String(item.batch), column, Self.text(outcome)])
      }
    }
    return AlignedText.table(rows)
  }

  /// Settings, and an object for each measurement. A value that is undefined is null, with the reason beside it.
  var json: JSONValue {
    let network = settings.network
    return [
      "metrics": .array(settings.metrics.map { .string($0) }), "protocol": .string(settings.protocolName.rawValue),
      "precision": .string(settings.precision.rawValue),
      "network": [
        "vocabulary": .integer(network.vocabularySize), "embedding": .integer(network.embeddingSize),
        "hidden": .integer(network.hiddenSize), "layers": .integer(network.layerCount),
        "tied": .bool(network.isTied),
      ],
      "tokens": [
        "source": .string(settings.tokens), "text-sha256": textDigest.map { .string($0) } ?? .null,
        "steps": .integer(settings.steps), "columns": .integer(settings.columns),
      ],
      "measurements": .array(zip(items, outcomes).map { Self.json($0, $1) }),
      "diagnostics": .array(warnings.map(\.json)),
    ]
  }

  private static func text(_ outcome: Outcome<Double>) -> String {
    switch outcome {
    case .success(let value): JSONValue.numberText(value)
    case .failure(let reason): "undefined: \(reason)"
    }
  }

  private static func json(_ item: MeasureAction.Item, _ outcome: Result<MeasurementResult, MetricError>) -> JSONValue {
    var values: [JSONMember] = []
    var reasons: [JSONMember] = []
    var failure: JSONValue = .null
    switch outcome {
    case .failure(let error): failure = .string("\(error)")
    case .success(let result):
      for (column, outcome) in result.outcomes {
        var value: JSONValue = .null
        switch outcome {
        case .success(let number): value = .number(number)
        case .failure(let reason): reasons.append(JSONMember(key: column, value: .string(reason.text)))
        }
        values.append(JSONMember(key: column, value: value))
      }
    }
    return [
      "architecture": .string(item.architecture.name), "seed": .integer(item.seed), "batch": .integer(item.batch),
      "values": .object(values), "undefined": .object(reasons), "failure": failure,
    ]
  }
}
