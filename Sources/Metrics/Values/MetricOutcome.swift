/// What a metric says of an architecture: a finite number, or why there is none.
package enum MetricOutcome: Sendable, Hashable {
  /// A finite value.
  case value(Double)
  /// Why there is none.
  case undefined(String)

  /// A value, or the given reason when it is not finite.
  package init(_ number: Double, otherwise reason: @autoclosure () -> String = "the value is not finite") {
    self = number.isFinite ? .value(number) : .undefined(reason())
  }

  /// The value, if there is one.
  package var number: Double? { if case .value(let number) = self { number } else { nil } }

  /// The outcome of a function of the value.
  func map(_ body: (Double) -> Double) -> MetricOutcome {
    switch self {
    case .value(let number): MetricOutcome(body(number))
    case .undefined: self
    }
  }

  /// The outcome of a function of two values, or the first reason.
  static func combine(_ a: MetricOutcome, _ b: MetricOutcome, _ body: (Double, Double) -> Double) -> MetricOutcome {
    switch (a, b) {
    case (.value(let left), .value(let right)): MetricOutcome(body(left, right))
    case (.undefined, _): a
    case (_, .undefined): b
    }
  }
}
