/// Numbers and lists in alternative texts.
enum Wording {
  static func coefficient(_ value: Double) -> String { NumberText.fixed(value, decimals: 3, leadingZero: false) }

  static func interval(_ lower: Double, _ upper: Double) -> String { "[\(coefficient(lower)), \(coefficient(upper))]" }

  static func number(_ count: Int) -> String { NumberText.grouped(Double(count)) ?? "\(count)" }

  static func count(_ count: Int, _ noun: String) -> String {
    "\(number(count)) \(noun)\(count == 1 ? "" : "s")"
  }
}

/// The note on an axis that is not as it was asked for.
enum AxisNote {
  /// The reason why an axis is not logarithmic, with the count of the values that rule it out; nil when it is as asked.
  static func instead(of asked: Scale.Form, _ scale: Scale, axis: String, values: [Double]) -> String? {
    guard asked == .logarithmic, scale.form != .logarithmic else { return nil }
    let finite = values.filter(\.isFinite)
    let ruled = "\(Wording.number(finite.count { $0 <= 0 })) of \(Wording.count(finite.count, "value")) not above 0"
    return "\(axis): \(ruled), so the axis is \(scale.form == .linear ? "linear" : "symmetric-logarithmic")."
  }
}

/// Points of a figure that have no place on their axes.
enum LeftOutPoints {
  /// A note with the count of points that are left out, by panel; nil when there are none.
  static func note(_ panels: [Panel]) -> String? {
    let counts = panels.map { count($0) }
    let total = counts.reduce(0, +)
    guard total > 0 else { return nil }
    let places = zip(panels, counts).compactMap { panel, count in
      count == 0 || panel.title.isEmpty ? nil : "\(panel.title) \(Wording.number(count))"
    }
    let of = panels.count > 1 && !places.isEmpty ? " (\(places.joined(separator: ", ")))" : ""
    return
      "\(Wording.count(total, "point"))\(of) left out: without a finite value, or not above 0 on a logarithmic axis."
  }

  private static func count(_ panel: Panel) -> Int { count(panel.marks, in: panel) }

  private static func count(_ marks: [Mark], in panel: Panel) -> Int {
    marks.reduce(0) { sum, mark in
      switch mark {
      case .member(_, let inner): sum + count(inner, in: panel)
      case .points(let points, _, _, _, _), .hexbins(let points, _, _):
        sum + points.count { !panel.x.shows($0.x) || !panel.y.shows($0.y) }
      default: sum
      }
    }
  }
}
