/// The reason why there is no value, no table or no finding: a sentence of its own without a final full stop, in the words of
/// whoever could not compute it.
///
/// Everything that can fail for a reason that a reader should see throws this one type, so that a reason travels from a
/// statistic to the cell of a report without being rewrapped. Bad input with places in a file is `DiagnosticsError`.
///
/// ```swift
/// func mean(_ values: [Double]) throws(Reason) -> Double {
///   guard !values.isEmpty else { throw Reason("no rows") }
///   return values.reduce(0, +) / Double(values.count)
/// }
/// let outcome: Outcome<Double> = Outcome.of { () throws(Reason) in try mean([]) }  // .failure(Reason("no rows"))
/// ```
///
/// Public, unlike everything else here, because the conformance of `Result` to `Codable` has to be.
public struct Reason: Error, Sendable, Hashable, CustomStringConvertible {
  /// The reason, in a few words or a sentence.
  public let text: String

  /// States a reason.
  public init(_ text: String) { self.text = text }

  /// The reason.
  public var description: String { text }
}

/// A value, or the reason why there is none.
package typealias Outcome<Value> = Result<Value, Reason>

extension Result where Failure == Reason {
  /// The value that a computation returns, or the reason that it throws.
  package static func of(_ body: () throws(Reason) -> Success) -> Self {
    do throws(Reason) { return .success(try body()) } catch { return .failure(error) }
  }

  /// The value, if there is one.
  package var value: Success? { if case .success(let value) = self { value } else { nil } }

  /// The reason why there is no value; nil when there is one.
  package var reason: Reason? { if case .failure(let reason) = self { reason } else { nil } }
}

extension Result where Success == Double, Failure == Reason {
  /// A number, or the given reason when it is not finite.
  package init(finite number: Double, otherwise reason: @autoclosure () -> String = "the value is not finite") {
    self = number.isFinite ? .success(number) : .failure(Reason(reason()))
  }
}
