import Synchronization

/// Measured texts; measuring is a pure function of its arguments.
final class ExtentCache: Sendable {
  static let shared = ExtentCache()

  private struct Key: Hashable {
    var text: String
    var size: Double
    var isBold: Bool
  }

  private let known = Mutex<[Key: SIMD2<Double>]>([:])

  func extent(_ text: String, _ size: Double, _ isBold: Bool) -> (width: Double, height: Double) {
    let key = Key(text: text, size: size, isBold: isBold)
    if let extent = known.withLock({ $0[key] }) { return (extent.x, extent.y) }
    guard let drawing = try? TextDrawing() else { return (Double(text.count) * size * 0.6, size * 1.2) }
    let measured = drawing.prepare(text, size: size, isBold: isBold)
    known.withLock { known in
      if known.count > 10_000 { known.removeAll() }
      known[key] = SIMD2(measured.width, measured.height)
    }
    return (measured.width, measured.height)
  }
}
