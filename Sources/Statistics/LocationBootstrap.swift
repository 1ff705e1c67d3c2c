import Outcomes

/// Mean and median with bootstrap intervals, whole clusters drawn together.
package enum LocationBootstrap {
  /// A statistic of location with its interval.
  package struct Estimate: Sendable, Hashable {
    /// The value in the sample.
    package var value: Double
    /// The interval, or why there is none.
    package var interval: Outcome<Interval>
  }

  /// Mean and median.
  package struct Estimates: Sendable, Hashable {
    /// The mean over rows.
    package var mean: Estimate
    /// The median over rows: the mean of the two in the middle when their number is even.
    package var median: Estimate
  }

  /// Estimates of a column's location, from one set of resamples; see `Bootstrap` for how resamples are drawn and
  /// intervals made of them.
  ///
  /// A resample draws as many units (clusters, or rows when there are none) as there are; its mean is Σ over the drawn
  /// units of their sums, divided by their rows. Jackknife values in closed form: the mean without unit u is
  /// (Σy − Σ_u y)/(n − n_u); the median without u is found by position among the sorted rows. O(n log n + resamples · n).
  ///
  /// - Throws: `Reason` when there are no rows, a value is not finite, clusters are not one for each row, or the range
  ///   of the values exceeds the largest number.
  package static func estimates(
    of values: [Double], clusters: [Int]? = nil, settings: BootstrapSettings
  ) throws(Reason) -> Estimates {
    let summary = try ColumnSummary(values)
    guard clusters.map({ $0.count == values.count }) ?? true else { throw Reason("the columns differ in length") }
    func outcome(_ mean: Outcome<Interval>, _ median: Outcome<Interval>) -> Estimates {
      Estimates(
        mean: Estimate(value: summary.mean, interval: mean), median: Estimate(value: summary.median, interval: median))
    }
    func none(_ reason: String) -> Estimates {
      outcome(.failure(Reason(reason)), .failure(Reason(reason)))
    }
    if let fault = settings.fault { return none(fault) }
    let sample = LocationSample(values, clusters: clusters)
    guard sample.unitCount >= 3 else {
      return none(clusters == nil ? "fewer than three rows" : "fewer than three clusters")
    }
    guard sample.scale > 0 else { return none("every value is the same") }
    var means: [Double] = []
    var medians: [Double] = []
    means.reserveCapacity(settings.resamples)
    medians.reserveCapacity(settings.resamples)
    var drawn = [Int32](repeating: 0, count: sample.unitCount)
    for resample in 0..<settings.resamples {
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(resample))
      Bootstrap.draw(&drawn, from: &generator)
      let made = sample.location(drawn)
      means.append(made.mean)
      medians.append(made.median)
    }
    let isAccelerated = settings.method == .bca
    func interval(_ value: Double, _ resampled: [Double], _ jackknife: () -> [Double?]) -> Outcome<Interval> {
      // Sums in another order differ from the value by rounding alone.
      let settled = resampled.map { abs($0 - value) < 1e-12 ? value : $0 }
      return Bootstrap.interval(value, settled, jackknife: isAccelerated ? jackknife() : [], settings)
        .map { sample.unscaled($0) }
    }
    let whole = sample.location([Int32](repeating: 1, count: sample.unitCount))
    return outcome(
      interval(whole.mean, means) { sample.jackknifeMeans() },
      interval(whole.median, medians) { sample.jackknifeMedians() }
    )
  }
}

/// Values in ascending order, centred and scaled so that neither their size nor their offset costs digits, with the units
/// they belong to.
struct LocationSample {
  /// Scaled deviations, ascending.
  let sorted: [Double]
  /// Unit of each of them.
  let units: [Int32]
  /// Number of units.
  let unitCount: Int
  /// Divisor of the deviations, at most the largest of them and over half of it; 0 when every value is the same.
  let scale: Double
  private let center: Double
  private let sums: [Double]
  private let sizes: [Int]

  /// - Precondition: The values are finite, as is their range; there are as many clusters as values.
  init(_ values: [Double], clusters: [Int]?) {
    let numbered = clusters.map { Strata($0) }
    let unit = numbered?.numbers ?? Array(values.indices)
    let count = numbered?.count ?? values.count
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
