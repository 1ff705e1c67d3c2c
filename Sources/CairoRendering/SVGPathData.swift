import Figures

/// Numbers and path data in as few characters as they take: hundredths of a point, steps from place to place.
///
/// Places are rounded before steps are taken between them, so that errors do not add up.
struct SVGPathData {
  private(set) var text = ""
  private var x = 0
  private var y = 0
  private var command: Character = " "
  /// Where the part began.
  private var start = (x: 0, y: 0)

  /// A length in hundredths of a point; 0 for what is no number, at most 10 million.
  static func hundredths(_ value: Double) -> Int {
    value.isFinite ? Int((min(1e5, max(-1e5, value)) * 100).rounded()) : 0
  }

  /// Hundredths as a decimal number: `12`, `-.5`, `3.25`.
  static func number(_ hundredths: Int) -> String {
    let size = hundredths.magnitude
    let (whole, rest) = (size / 100, size % 100)
    var text = hundredths < 0 ? "-" : ""
    if whole > 0 || rest == 0 { text += String(whole) }
    if rest > 0 { text += rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)" }
    return text
  }

  /// A length in points.
  static func number(_ value: Double) -> String { number(hundredths(value)) }

  mutating func add(_ path: Path) {
    for segment in path.segments {
      switch segment {
      case .move(let point): move(point)
      case .line(let point): line(point)
      case .curve(let first, let second, let end): curve(first, second, end)
      case .close: close()
      }
    }
  }

  /// Begins a part.
  mutating func move(_ point: Point) {
    let (toX, toY) = (Self.hundredths(point.x), Self.hundredths(point.y))
    if text.isEmpty {
      write("M", [toX, toY])
    } else {
      write("m", [toX - x, toY - y])
    }
    (x, y, start) = (toX, toY, (toX, toY))
  }

  mutating func line(_ point: Point) {
    let (toX, toY) = (Self.hundredths(point.x), Self.hundredths(point.y))
    if toY == y {
      write("h", [toX - x])
    } else if toX == x {
      write("v", [toY - y])
    } else {
      write("l", [toX - x, toY - y])
    }
    (x, y) = (toX, toY)
  }

  /// A line to the place itself, which a round pen draws as a dot.
  mutating func dot(_ point: Point) {
    move(point)
    write("h", [0])
  }

  mutating func close() {
    text += "z"
    command = "z"
    (x, y) = start
  }

  private mutating func curve(_ points: Point...) {
    write("c", points.flatMap { [Self.hundredths($0.x) - x, Self.hundredths($0.y) - y] })
    if let end = points.last { (x, y) = (Self.hundredths(end.x), Self.hundredths(end.y)) }
  }

  private mutating func write(_ next: Character, _ numbers: [Int]) {
    // Numbers after those of a move are those of lines, so that a move always has its letter.
    let isNamed = next != command || next == "m" || next == "M"
    if isNamed { text.append(next) }
    for (index, number) in numbers.enumerated() {
      let written = Self.number(number)
      if (index > 0 || !isNamed) && !written.hasPrefix("-") { text.append(" ") }
      text += written
    }
    command = next
  }
}
