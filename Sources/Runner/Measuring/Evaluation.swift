import Documents

/// The outcome of measuring one architecture with one seed on one batch.
package struct Evaluation: Sendable, Hashable {
  /// A finite value, or why there is none.
  package enum Outcome: Sendable, Hashable {
    /// A value.
    case value(Double)
    /// Why there is none.
    case undefined(String)
  }

  /// An outcome for each metric column.
  package var outcomes: [Outcome]
  /// How long it took.
  package var seconds: Double
  /// Most bytes of memory that the worker held.
  package var peakBytes: Int

  /// Creates an evaluation; values that are not finite become undefined with the reason "not a finite number".
  package init(outcomes: [Outcome], seconds: Double, peakBytes: Int) {
    self.outcomes = outcomes.map { outcome in
      if case .value(let number) = outcome, !number.isFinite { return .undefined("not a finite number") }
      return outcome
    }
    self.seconds = seconds
    self.peakBytes = peakBytes
  }

  /// The outcomes as one line of JSON: a number, or a text with the reason, for each column.
  var text: String {
    JSONValue.array(
      outcomes.map { outcome in
        switch outcome {
        case .value(let number): .number(number)
        case .undefined(let reason): .string(reason)
        }
      }
    ).text()
  }

  /// Reads the outcomes of `text`; nil when they are not so many.
  static func outcomes(of text: String, count: Int) -> [Outcome]? {
    guard let node = try? DocumentReader.read(Array(text.utf8), file: "evaluation", limits: .data),
      let elements = JSONValue(node).elements, elements.count == count
    else { return nil }
    let outcomes = elements.compactMap { element -> Outcome? in
      if let number = element.double { return .value(number) }
      return element.string.map { .undefined($0) }
    }
    return outcomes.count == count ? outcomes : nil
  }
}
