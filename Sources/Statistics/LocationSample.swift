/// Values in ascending order, centred and scaled so that neither their size nor their offset costs digits, with the units
/// they belong to.
struct LocationSample {
  /// Scaled deviations, ascending.
  let sorted: [Double]
  /// Unit of each of them.
  let units: [Int32]
  /// Number of units.
  let unitCount: Int
  /// What deviations were divided by, at most the largest of them and over half of it; 0 when every value is the same.
  let scale: Double
  private let center: Double
  private let sums: [Double]
  private let sizes: [Int]

  /// - Precondition: The values are finite, as is their range; there are as many clusters as values.
  init(_ values: [Double], clusters: [Int]?) {
    var numbers: [Int: Int] = [:]
    let unit = values.indices.map { row -> Int in
      guard let cluster = clusters?[row] else { return row }
      if let known = numbers[cluster] { return known }
      numbers[cluster] = numbers.count
      return numbers.count - 1
    }
    let count = clusters == nil ? values.count : numbers.count
    let order = values.indices.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] < values[$1] }
    let center = order.isEmpty ? 0 : values[order[order.count / 2]]
    let spread = values.reduce(0) { max($0, abs($1 - center)) }
    // A power of two, which scales without rounding.
    let scale = spread > 0 ? Double(sign: .plus, exponent: spread.exponent, significand: 1) : 0
    self.center = center
    self.scale = scale
    let sorted = order.map { scale > 0 ? (values[$0] - center) / scale : 0 }
    self.sorted = sorted
    units = order.map { Int32(truncatingIfNeeded: unit[$0]) }
    unitCount = count
    var sums = [Double](repeating: 0, count: count)
    var sizes = [Int](repeating: 0, count: count)
    for (place, row) in order.enumerated() {
      sums[unit[row]] += sorted[place]
      sizes[unit[row]] += 1
    }
    self.sums = sums
    self.sizes = sizes
  }

  /// An interval of scaled values in the units of the column.
  func unscaled(_ interval: Interval) -> Interval {
    Interval(
      lower: center + interval.lower * scale, upper: center + interval.upper * scale, bias: interval.bias,
      acceleration: interval.acceleration, standardError: interval.standardError * scale)
  }

  /// Mean and median when every unit counts as often as it was drawn.
  func location(_ drawn: [Int32]) -> (mean: Double, median: Double) {
    var total = 0
    var sum = 0.0
    for unit in 0..<unitCount {
      let weight = Int(drawn[unit])
      total &+= weight &* sizes[unit]
      sum += Double(weight) * sums[unit]
    }
    let (low, high) = ((total &- 1) / 2, total / 2)
    var seen = 0
    var first = 0.0
    var isFound = false
    var median = 0.0
    units.withUnsafeBufferPointer { units in
      drawn.withUnsafeBufferPointer { drawn in
        for place in 0..<units.count {
          seen &+= Int(drawn[Int(units[place])])
          if !isFound, seen > low {
            first = sorted[place]
            isFound = true
          }
          if seen > high {
            median = first == sorted[place] ? first : (first + sorted[place]) / 2
            break
          }
        }
      }
    }
    return (sum / Double(max(1, total)), median)
  }

  /// The mean without each unit; nil when nothing is left.
  func jackknifeMeans() -> [Double?] {
    let total = sums.reduce(0, +)
    return (0..<unitCount).map { unit in
      let left = sorted.count - sizes[unit]
      return left > 0 ? (total - sums[unit]) / Double(left) : nil
    }
  }

  /// The median without each unit; nil when nothing is left. O(n log n) in all.
  func jackknifeMedians() -> [Double?] {
    var places = [[Int]](repeating: [], count: unitCount)
    for place in sorted.indices { places[Int(units[place])].append(place) }
    return places.map { gone in
      let left = sorted.count - gone.count
      guard left > 0 else { return nil }
      return (sorted[Self.place((left - 1) / 2, without: gone)] + sorted[Self.place(left / 2, without: gone)]) / 2
    }
  }

  /// The place of the k-th value, from 0, that is left when ascending places are taken out.
  static func place(_ k: Int, without gone: [Int]) -> Int {
    // gone[i] − i values are left before it; it moves the k-th when that is at most k.
    var (low, high) = (0, gone.count)
    while low < high {
      let middle = (low + high) / 2
      if gone[middle] - middle <= k { low = middle + 1 } else { high = middle }
    }
    return k + low
  }
}
