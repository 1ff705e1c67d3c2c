import Documents
import Figures
import Statistics

extension PValue {
  /// The p-value in words of tables: `≤ .0002` at its floor.
  ///
  /// - Parameter write: Writes a number.
  package func text(_ write: (Double) -> String = { PValue.text($0) }) -> String {
    let number = write(value)
    return isFloor ? (number.hasPrefix("<") ? number : "≤ \(number)") : number
  }

  /// A probability with three decimals, four below .01; `< .0001` below that.
  package static func text(_ number: Double) -> String {
    number < 0.0001 ? "< .0001" : NumberText.fixed(number, decimals: number < 0.01 ? 4 : 3, leadingZero: false)
  }

  /// The p-value among the values of the results, as its `Codable` form.
  var json: JSONValue { isFloor ? ["value": .finite(value), "at-most": .bool(true)] : .finite(value) }

  /// Reads a value of the results: a number, or an object with one; nil for others.
  package init?(_ json: JSONValue?) {
    guard let number = json?.double ?? json?["value"]?.double, number > 0, number <= 1 else { return nil }
    self.init(number, isFloor: json?["at-most"] == .bool(true))
  }
}
