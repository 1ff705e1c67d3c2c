/// How the series of a figure are told apart: colour and shape, colour and dash, never colour alone.
enum SeriesStyle {
  private static let shapes: [PointMarks.Shape] = [.circle, .triangle, .square, .diamond, .plus, .cross]
  private static let dashes: [[Double]] = [[], [4, 2], [1.5, 1.5], [6, 2, 1.5, 2], [3, 1]]

  static func paint(_ index: Int, opacity: Double = 1) -> Paint { Paint(.category(index % 8), opacity: opacity) }

  static func shape(_ index: Int) -> PointMarks.Shape { shapes[index % shapes.count] }

  static func stroke(_ index: Int, width: Double = 1.1) -> Stroke {
    Stroke(paint(index), width: width, dashes: dashes[index % dashes.count], isRound: true)
  }
}

/// Numbers and lists in alternative texts.
enum Wording {
  static func coefficient(_ value: Double) -> String { NumberText.fixed(value, decimals: 3, leadingZero: false) }

  static func interval(_ lower: Double, _ upper: Double) -> String { "[\(coefficient(lower)), \(coefficient(upper))]" }

  static func number(_ count: Int) -> String { NumberText.grouped(Double(count)) ?? "\(count)" }

  static func count(_ count: Int, _ noun: String) -> String {
    "\(number(count)) \(noun)\(count == 1 ? "" : "s")"
  }
}
