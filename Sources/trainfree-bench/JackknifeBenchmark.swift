import Figures
import Statistics

/// BCa intervals of five coefficients at 200,000 rows, whose jackknife is in closed form.
enum JackknifeBenchmark {
  static func run(rows: Int = 200_000, resamples: Int = 199) throws {
    var generator = SeededGenerator(seed: 7)
    let x = (0..<rows).map { _ in Double.random(in: 0..<1, using: &generator) }
    let y = x.map { 0.5 * $0 + Double(Int.random(in: 0..<1000, using: &generator)) / 1000 }
    let coefficients: [Coefficient] = [.kendallTauB, .kendallTauC, .spearman, .pearson, .weightedTau]
    print("BCa intervals of five coefficients, \(rows) rows, \(resamples) resamples")
    for (name, clusters) in [("rows", nil), ("clusters of three", (0..<rows).map { $0 / 3 })] as [(String, [Int]?)] {
      let sample = try PairedSample(x: x, y: y, clusters: clusters)
      for method in [BootstrapSettings.Method.percentile, .bca] {
        let settings = BootstrapSettings(method: method, resamples: resamples)
        let time = Stopwatch.seconds(1) {
          _ = Bootstrap.intervals(of: coefficients, sample: sample, settings: settings)
        }
        print("  \(name), \(method.rawValue): \(NumberText.fixed(time.smallest, decimals: 2)) s")
      }
    }
  }
}
