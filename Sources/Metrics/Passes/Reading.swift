import Outcomes

/// A value that is there once the passes have run, or the reason why there is none.
package struct Reading<Value> {
  private let read: () throws(Reason) -> Value

  /// A value that a function makes when it is asked for, from readings as a rule.
  package init(_ read: @escaping () throws(Reason) -> Value) { self.read = read }

  /// The value. To be called after the passes have run, from within another reading.
  package func value() throws(Reason) -> Value { try read() }

  /// The reading of a function of the value.
  package func map<Other>(_ body: @escaping (Value) throws(Reason) -> Other) -> Reading<Other> {
    Reading<Other> { () throws(Reason) in try body(try value()) }
  }
}

extension Reading<Double> {
  /// The value, or the given reason when it is not finite.
  package func finite(otherwise reason: String) -> Reading {
    map { (number) throws(Reason) in try Outcome(finite: number, otherwise: reason).get() }
  }

  /// The sum of values in their order, or the first reason.
  package static func sum(of readings: [Reading]) -> Reading {
    Reading { () throws(Reason) in
      var sum = 0.0
      for reading in readings { sum += try reading.value() }
      return sum
    }
  }
}

/// What metrics want to read of something that a pass makes: functions that are called once it is there, and whose results
/// are kept.
final class Readers<Source> {
  private var bodies: [(Source) -> Void] = []
  private var refusals: [(Reason) -> Void] = []

  var isEmpty: Bool { bodies.isEmpty }

  /// Adds a function that is called once the source is there; the reading holds its value, or the reason that it throws.
  func add<Value>(_ body: @escaping (Source) throws(Reason) -> Value) -> Reading<Value> {
    let kept = Kept<Outcome<Value>>()
    bodies.append { source in kept.value = .of { () throws(Reason) in try body(source) } }
    refusals.append { reason in kept.value = .failure(reason) }
    return Reading { () throws(Reason) in
      guard let outcome = kept.value else { preconditionFailure("a value is read before the passes have run") }
      return try outcome.get()
    }
  }

  /// Calls the functions in the order in which they were added.
  func show(_ source: Source) { for body in bodies { body(source) } }

  /// Gives every reading a reason in place of a value: the source never comes.
  func refuse(_ reason: Reason) { for refusal in refusals { refusal(reason) } }
}

/// A value that is made while a pass goes on; nil before.
final class Kept<Value> { var value: Value? }
