/// Wall-clock seconds of repeated calls.
enum Stopwatch {
  /// The smallest and the median of `repeats` timings, in seconds.
  static func seconds(_ repeats: Int, _ body: () throws -> Void) rethrows -> (smallest: Double, median: Double) {
    let clock = ContinuousClock()
    var timings: [Double] = []
    for _ in 0..<repeats {
      timings.append(try clock.measure(body) / .seconds(1))
    }
    timings.sort()
    return (timings[0], timings[timings.count / 2])
  }
}
