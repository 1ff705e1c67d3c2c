/// Sums in one order, whatever computes them: blocks of 128 numbers from the left, the blocks' sums added in pairs. The error
/// grows with the logarithm of the count, not with the count.
enum OrderedSum {
  static let block = 128

  static func of(_ values: [Double]) -> Double { of(values) { $0 } }

  /// Σ f(x) in the order of the values.
  @inline(__always)
  static func of(_ values: [Double], _ function: (Double) -> Double) -> Double {
    values.withUnsafeBufferPointer { values in
      var total = OrderedTotal()
      var start = 0
      while start < values.count {
        let end = min(start + block, values.count)
        var sum = 0.0
        for index in start..<end { sum += function(values[index]) }
        total.add(sum)
        start = end
      }
      return total.value
    }
  }
}

/// The sum of what is added to it, in pairs: sums of 2^k terms wait at place k until another is there, as bits of a counter
/// carry over.
struct OrderedTotal {
  private var waiting: [Double] = []
  private var count = 0

  mutating func add(_ term: Double) {
    var sum = term
    count += 1
    for _ in 0..<count.trailingZeroBitCount { if let earlier = waiting.popLast() { sum = earlier + sum } }
    waiting.append(sum)
  }

  /// The sum of all terms; 0 without terms.
  var value: Double { waiting.reversed().reduce(0) { $1 + $0 } }
}
