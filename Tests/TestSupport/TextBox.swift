package import Figures

/// The place that a line of text takes in a drawing, turned as it is.
package struct TextBox: CustomStringConvertible {
  private let corners: [Point]
  private let text: String
  package var description: String {
    let places = corners.map { "(\(($0.x * 10).rounded() / 10), \(($0.y * 10).rounded() / 10))" }
    return "“\(text)” at \(places.joined(separator: " "))"
  }

  /// - Parameter slack: Points by which a box is smaller at each side: lines of text have some room above and below.
  package init(_ mark: TextMark, measure: any TextMeasure, slack: (x: Double, y: Double) = (0.3, 1)) {
    let extent = measure.extent(of: mark.text, size: mark.size, isBold: mark.isBold)
    let start =
      switch mark.alignment {
      case .start: 0.0
      case .middle: -extent.width / 2
      case .end: -extent.width
      }
    let above =
      switch mark.baseline {
      case .top: 0.0
      case .middle: -extent.height / 2
      case .baseline: -extent.height * 0.8
      case .bottom: -extent.height
      }
    let (sine, cosine) =
      switch mark.rotation {
      case 0: (0.0, 1.0)
      case 45: (0.70710678, 0.70710678)
      default: (1.0, 0.0)
      }
    let (left, right) = (start + slack.x, start + extent.width - slack.x)
    let (top, bottom) = (above + slack.y, above + extent.height - slack.y)
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)].map { x, y in
      Point(mark.anchor.x + x * cosine + y * sine, mark.anchor.y - x * sine + y * cosine)
    }
    text = mark.text
  }

  /// True when the two boxes have a common part: no line along a side of either parts them.
  package func meets(_ other: TextBox) -> Bool {
    for box in [self, other] {
      for (from, to) in [(box.corners[0], box.corners[1]), (box.corners[1], box.corners[2])] {
        let (x, y) = (to.x - from.x, to.y - from.y)
        func reach(_ corners: [Point]) -> ClosedRange<Double> {
          let places = corners.map { $0.x * x + $0.y * y }
          return (places.min() ?? 0)...(places.max() ?? 0)
        }
        if !reach(corners).overlaps(reach(other.corners)) { return false }
      }
    }
    return true
  }

  /// True when the box reaches beyond a drawing.
  package func leaves(width: Double, height: Double) -> Bool {
    corners.contains { $0.x < -0.5 || $0.x > width + 0.5 || $0.y < -0.5 || $0.y > height + 0.5 }
  }

  /// What is wrong with the texts of a drawing: two that meet, one that leaves it.
  package static func problems(_ list: DisplayList, measure: any TextMeasure) -> [String] {
    let boxes = texts(list.items).map { TextBox($0, measure: measure) }
    var problems = boxes.filter { $0.leaves(width: list.width, height: list.height) }.map {
      "\($0) leaves \(list.title)"
    }
    for (index, box) in boxes.enumerated() {
      problems += boxes[(index + 1)...].filter { box.meets($0) }.map { "\(box) meets \($0) in \(list.title)" }
    }
    return problems
  }

  /// The texts of items, those within others too.
  package static func texts(_ items: [DisplayItem]) -> [TextMark] {
    items.flatMap { item -> [TextMark] in
      switch item {
      case .text(let mark): mark.text.isEmpty ? [] : [mark]
      case .clipped(_, let inner), .member(_, let inner): texts(inner)
      case .path, .points: []
      }
    }
  }
}
