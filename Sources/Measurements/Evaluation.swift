import Documents
import Files
import Outcomes
import Pipeline

/// One architecture that is to be evaluated with one seed on one batch.
package struct EvaluationRequest: Sendable, Hashable {
  /// The architecture.
  package var architecture: MeasuredArchitecture
  /// Seed of the initial weights and of the noise.
  package var seed: Int
  /// Number of the batch.
  package var batch: Int

  /// Joins architecture, seed and batch.
  package init(_ architecture: MeasuredArchitecture, seed: Int, batch: Int) {
    self.architecture = architecture
    self.seed = seed
    self.batch = batch
  }
}

/// The outcome of a request.
package struct Evaluation: Sendable, Hashable {
  /// An outcome for each metric column.
  package var outcomes: [Outcome<Double>]
  /// Wall-clock seconds that the evaluation took; 0 where a failure stands in its place.
  package var seconds: Double
  /// Most bytes of memory that the worker held.
  package var peakBytes: Int
  /// Floating-point operations of the matrix products that were run.
  package var floatingPointOperations: Double

  /// Creates an evaluation; values that are not finite become undefined with the reason "not a finite number".
  package init(outcomes: [Outcome<Double>], seconds: Double, peakBytes: Int, floatingPointOperations: Double = 0) {
    self.outcomes = outcomes.map { $0.flatMap { Outcome(finite: $0, otherwise: "not a finite number") } }
    self.seconds = seconds
    self.peakBytes = peakBytes
    self.floatingPointOperations = floatingPointOperations
  }

  /// The outcomes as one line of JSON: a number, or a text with the reason, for each column.
  package var text: String {
    JSONValue.array(
      outcomes.map { outcome in
        switch outcome {
        case .success(let number): .number(number)
        case .failure(let reason): .string(reason.text)
        }
      }
    ).text()
  }

  /// Reads the outcomes of `text`; nil when they are not so many.
  package static func outcomes(of text: String, count: Int) -> [Outcome<Double>]? {
    guard let node = try? DocumentReader.read(Array(text.utf8), file: "evaluation", limits: .data),
      let elements = JSONValue(node).elements, elements.count == count
    else { return nil }
    let outcomes = elements.compactMap { element -> Outcome<Double>? in
      if let number = element.double { return .success(number) }
      return element.string.map { .failure(Reason($0)) }
    }
    return outcomes.count == count ? outcomes : nil
  }
}

/// The failure of an evaluation, with its cause: the architecture or the machine.
package struct EvaluationFailure: Error, Sendable, Hashable {
  /// The reason.
  package let reason: Reason
  /// True when the machine is to blame and not the architecture, such as for want of memory: that is no outcome, and nothing
  /// is kept of it. Whatever else is to blame makes every metric undefined, for this reason.
  package let isOfMachine: Bool

  /// States a failure.
  package init(_ reason: Reason, isOfMachine: Bool) {
    self.reason = reason
    self.isOfMachine = isOfMachine
  }
}

/// Keys of evaluations in the store's memo.
package struct EvaluationKeys: Sendable {
  /// All that the evaluations of a measurement share, one `field: value` a line.
  package let text: String
  /// SHA-256 of the text.
  package let configuration: String

  /// Makes the keys of a measurement.
  ///
  /// - Parameters:
  ///   - settings: What every architecture is measured with.
  ///   - engineVersion: The version of what measures.
  ///   - tokens: The files that tokens are read from; their digests are in every key.
  package init(_ settings: MeasureSettings, engineVersion: Int, tokens: TokenFiles) {
    var fields = [
      KeyField("engine", String(engineVersion)), KeyField("settings", settings.parameters.text()),
    ]
    fields += tokens.digests.map { KeyField("tokens.\($0.name)", $0.value) }
    text = fields.map { "\($0.name): \(JSONValue.string($0.value).text())\n" }.joined()
    configuration = SHA256.hexDigest(text)
  }

  /// The key of one evaluation.
  package func key(_ request: EvaluationRequest) -> String {
    SHA256.hexDigest(
      "\(configuration)\nseed: \(request.seed)\nbatch: \(request.batch)\narchitecture: \(request.architecture.text)\n")
  }
}
