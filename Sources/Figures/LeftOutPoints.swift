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

  private static func count(_ panel: Panel) -> Int {
    panel.marks.reduce(0) { sum, mark in
      switch mark {
      case .points(let points, _, _, _, _), .hexbins(let points):
        sum + points.count { !panel.x.shows($0.x) || !panel.y.shows($0.y) }
      default: sum
      }
    }
  }
}

extension Axis {
  /// Whether a value has a place on the axis.
  func shows(_ value: Double) -> Bool {
    switch self {
    case .numeric(_, let scale), .hidden(let scale): scale.shows(value)
    case .categories: value.isFinite
    }
  }
}
