import Figures
import Statistics

/// Intervals of many rows: BCa ones of five coefficients at 40,000 and 200,000 rows, whose jackknife is in closed form, and those by
/// the jackknife alone at 423,624, the size of NAS-Bench-101, as analyses make them where no number of resamples is named.
enum JackknifeBenchmark {
  static func run(resamples: Int = 199) throws {
    let five: [Coefficient] = [.kendallTauB, .kendallTauC, .spearman, .pearson, .weightedTau]
    for rows in [40_000, 200_000] {
      print("BCa intervals of five coefficients, \(rows) rows, \(resamples) resamples")
      for method in [BootstrapSettings.Method.percentile, .bca] {
        try time(five, rows, BootstrapSettings(method: method, resamples: resamples))
      }
    }
    let four: [Coefficient] = [.kendallTauB, .somersD, .spearman, .pearson]
    for rows in [20_000, 423_624] {
      print("intervals by the jackknife of four coefficients, \(rows) rows")
      try time(four, rows, BootstrapSettings(method: .jackknife))
    }
  }

  private static func time(_ coefficients: [Coefficient], _ rows: Int, _ settings: BootstrapSettings) throws {
    var generator = SeededGenerator(seed: 7)
    let x = (0..<rows).map { _ in Double.random(in: 0..<1, using: &generator) }
    let y = x.map { 0.5 * $0 + Double(Int.random(in: 0..<1000, using: &generator)) / 1000 }
    for (name, clusters) in [("rows", nil), ("clusters of three", x.indices.map { $0 / 3 })] as [(String, [Int]?)] {
      let sample = try PairedSample(x: x, y: y, clusters: clusters)
      let time = Stopwatch.seconds(1) {
        _ = Bootstrap.intervals(of: coefficients, sample: sample, settings: settings)
      }
      print("  \(name), \(settings.method.rawValue): \(NumberText.fixed(time.smallest, decimals: 2)) s")
    }
  }
}
