import Foundation
import Statistics

/// All pairs of twelve metrics at the size of the RNN results.
enum DifferenceBenchmarks {
  static func run(resamples: Int = 9999) throws {
    let (columns, origin) = try data()
    let settings = BootstrapSettings(resamples: resamples)
    let workers = Parallel.workers
    print(
      "differences of τ-b: \(origin), \(columns.rows.count) rows, \(columns.metrics.count) metrics, \(resamples) resamples, "
        + "\(workers) workers")
    let clock = ContinuousClock()
    let start = clock.now
    let values = try Parallel.map(columns.metrics.count, workers: workers) { metric in
      let sample = try columns.sample(metric)
      let made = Bootstrap.resampled([.kendallTauB], sample: sample, settings: settings)[0]
      return Orientation.declared.applied(to: try made.get(), isPromisedPositive: false)
    }
    let resampled = clock.now
    let pairs = values.indices.flatMap { left in values.indices.filter { $0 > left }.map { (left, $0) } }
    let outcomes = try Parallel.map(pairs.count, workers: workers) { place in
      let (left, right) = pairs[place]
      let difference = try values[left].minus(values[right])
      return (try difference.interval().get(), try difference.pValue())
    }
    let end = clock.now
    let adjusted = try AdjustedPValues(outcomes.map(\.1), method: .holm)
    let units = values[0].jackknife.count
    print(
      "  clusters: \(units); pairs: \(pairs.count), of which \(adjusted.values.count { $0 ?? 1 <= 0.05 }) differ (Holm, 5 %)"
    )
    print(
      "  resampling: \(seconds(resampled - start)) s, \(milliseconds(resampled - start, per: resamples * values.count / workers)) ms a resample"
    )
    print("  pairs: \(seconds(end - resampled)) s")
    print("  in all: \(seconds(end - start)) s")
  }

  /// The published columns in clusters of equal metrics when there are data, else seeded columns of that size.
  private static func data() throws -> (ComparedColumns, String) {
    if let folder = ProcessInfo.processInfo.environment["TRAINFREE_DATA"],
      let text = try? String(contentsOfFile: folder + "/serianni2023/RNN_results.csv", encoding: .utf8)
    {
      let lines = text.split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      if let header = lines.first, header.count == 16 {
        let rows = lines.dropFirst().filter { $0.count == 16 }
        let columns = (4..<16).map { column in rows.map { Double($0[column]) } }
        var known: [[Substring]: Int] = [:]
        let clusters = rows.map { row -> Int in
          let key = Array(row[4...])
          if let number = known[key] { return number }
          known[key] = known.count
          return known.count - 1
        }
        return (
          try ComparedColumns(metrics: columns, target: rows.map { Double($0[1]) }, clusters: clusters),
          "RNN_results.csv"
        )
      }
    }
    var generator = SeededGenerator(seed: 7)
    func normal() -> Double { Normal.quantile(Double.random(in: 1e-12..<1, using: &generator)) }
    var metrics = [[Double?]](repeating: [], count: 12)
    var (target, clusters): ([Double?], [Int]) = ([], [])
    var cell = [Double](repeating: 0, count: 12)
    for row in 0..<8794 {
      if row % 3 == 0 { for metric in cell.indices { cell[metric] = normal() } }
      for metric in cell.indices { metrics[metric].append(cell[metric]) }
      target.append(cell.indices.reduce(0) { $0 - Double($1) * 0.03 * cell[$1] } + normal())
      clusters.append(row / 3)
    }
    return (try ComparedColumns(metrics: metrics, target: target, clusters: clusters), "seeded columns")
  }

  private static func seconds(_ duration: Duration) -> Double { (duration / .seconds(1) * 1000).rounded() / 1000 }

  private static func milliseconds(_ duration: Duration, per count: Int) -> Double {
    (duration / .seconds(1) / Double(max(1, count)) * 1e6).rounded() / 1000
  }
}
