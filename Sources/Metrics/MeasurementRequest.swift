import Networks
import Outcomes
import Sizes

/// One architecture with the metrics, tokens, seed, precision and protocol that it is measured with.
package struct MeasurementRequest: Sendable {
  /// The architecture with its sizes.
  package var architecture: any Architecture
  /// Names of `MetricSelection`: ids of the catalogue, with choices or without.
  package var metrics: [String]
  /// Metrics of no catalogue, such as formulas, whose columns are behind those of `metrics`.
  package var others: [any Metric] = []
  /// The version of the released code whose definitions of the metrics are followed.
  package var protocolName: MetricProtocol
  /// The floating-point type.
  package var precision: NumericPrecision
  /// The seed of the initial weights, and of the noise: 0 … 2³² − 1.
  package var seed: Int
  /// The batch that the network reads: B sequences of T tokens.
  package var tokens: TokenBatch
  /// The number of layers that layered metrics have values for, defined or not; those of the architecture when nil.
  package var layerCount: Int?
  /// The seed of random cotangents.
  package var cotangentSeed: UInt64 = Self.cotangentSeed

  /// The seed of random cotangents where none is given.
  package static let cotangentSeed = UInt64(NetworkChoices.cotangentSeed)

  /// Creates a request.
  package init(
    architecture: any Architecture, metrics: [String], protocolName: MetricProtocol = .results,
    precision: NumericPrecision = .float32, seed: Int = 0, tokens: TokenBatch
  ) {
    self.architecture = architecture
    self.metrics = metrics
    self.protocolName = protocolName
    self.precision = precision
    self.seed = seed
    self.tokens = tokens
  }
}

/// The values of the metrics of one architecture, with the time, memory and operations that they took.
package struct MeasurementResult: Sendable {
  /// The columns of the metrics in the order asked for, with their values.
  package var outcomes: [(column: String, outcome: Outcome<Double>)]
  /// Wall-clock seconds.
  package var seconds: Double
  /// The largest number of bytes of matrices at any time.
  package var peakBytes: Int
  /// Floating-point operations of the matrix products that were run, two for each multiplication and addition.
  package var floatingPointOperations: Double
}

/// The failure to measure an architecture as asked.
package struct MetricError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The reason, in a sentence.
  package var reason: Reason

  /// True when the machine is to blame, such as for want of memory: elsewhere, or later, the same could be measured.
  package var isOfMachine: Bool

  /// Creates an error.
  package init(_ reason: Reason, isOfMachine: Bool = false) {
    self.reason = reason
    self.isOfMachine = isOfMachine
  }

  /// The reason.
  package var description: String { reason.text }
}
