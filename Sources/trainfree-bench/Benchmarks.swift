import CairoRendering
import Figures
import Foundation
import Statistics

/// What is measured: coefficients and resamples at the size of the RNN results, figures of that size, whole runs.
enum Benchmarks {
  static func run(_ request: BenchmarkRequest) async throws {
    switch request {
    case .help: print(BenchmarkRequest.usage)
    case .networks(let files): try NetworkBenchmarks.run(files)
    case .transformers: try TransformerBenchmarks.run()
    case .differences: try DifferenceBenchmarks.run()
    case .ruleSearch: try await RuleSearchBenchmark.run()
    case .reductions: try await ReductionBenchmarks.run()
    case .nullRates: try NullRateBenchmarks.run()
    case .coverage(let settings): try CoverageBenchmark.run(settings)
    case .products: ProductBenchmarks.run()
    case .jackknife: try JackknifeBenchmark.run()
    case .standard: try await standard()
    }
  }

  private static func standard() async throws {
    KernelBenchmarks.run()
    ProductBenchmarks.run()
    try NetworkBenchmarks.run([])
    try TransformerBenchmarks.run()
    let (x, y, clusters) = sample()
    try coefficients(x, y, clusters)
    try JackknifeBenchmark.run()
    try DifferenceBenchmarks.run()
    try await RuleSearchBenchmark.run()
    try await ReductionBenchmarks.run()
    try RunBenchmarks.run("serianni2023-rnn")
    try figures(x, y)
  }

  /// 8,794 pairs in about 2,700 clusters of three, correlated about as layer-1 hidden covariance is with the loss.
  private static func sample() -> (x: [Double], y: [Double], clusters: [Int]) {
    var generator = SeededGenerator(seed: 7)
    func normal() -> Double { Normal.quantile(Double.random(in: 1e-12..<1, using: &generator)) }
    var x: [Double] = []
    var y: [Double] = []
    var clusters: [Int] = []
    for row in 0..<8794 {
      let value = row % 3 == 0 || x.isEmpty ? normal() : x[row - 1]
      x.append(value)
      y.append(-0.55 * value + normal() * 0.84)
      clusters.append(row / 3)
    }
    return (x, y, clusters)
  }

  private static func coefficients(_ x: [Double], _ y: [Double], _ clusters: [Int]) throws {
    let plain = try PairedSample(x: x, y: y)
    let clustered = try PairedSample(x: x, y: y, clusters: clusters)
    for coefficient in [Coefficient.kendallTauB, .spearman, .pearson, .weightedTau] {
      let time = try Stopwatch.seconds(51) { _ = try coefficient.value(plain) }
      line("\(coefficient.rawValue), n 8,794", time)
    }
    scipy(x, y)
    for (name, sample) in [("rows", plain), ("clusters", clustered)] {
      for (label, set) in [("τ-b", [Coefficient.kendallTauB]), ("τ-b, ρ and r", [.kendallTauB, .spearman, .pearson])] {
        let count = 999
        let time = Stopwatch.seconds(3) {
          _ = Bootstrap.intervals(
            of: set, sample: sample, settings: BootstrapSettings(method: .percentile, resamples: count))
        }
        line("one resample of \(name), \(label)", (time.smallest / Double(count), time.median / Double(count)))
      }
    }
  }

  /// SciPy's kendalltau on the same arrays, when python3 has SciPy.
  private static func scipy(_ x: [Double], _ y: [Double]) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "trainfree-bench-\(ProcessInfo.processInfo.processIdentifier)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = """
      import sys, time, numpy, scipy, scipy.stats
      x, y = numpy.fromfile(sys.argv[1]), numpy.fromfile(sys.argv[2])
      times = []
      for _ in range(51):
          start = time.perf_counter(); value = scipy.stats.kendalltau(x, y); times.append(time.perf_counter() - start)
      times.sort()
      print(f"SciPy {scipy.__version__} kendalltau, same arrays: smallest {times[0]*1e3:.3f} ms, median {times[25]*1e3:.3f} ms")
      """
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let paths = try [x, y].enumerated().map { index, values in
        let path = folder.appendingPathComponent("\(index)")
        try values.withUnsafeBytes { Data($0) }.write(to: path)
        return path.path
      }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["python3", "-c", script] + paths
      process.standardError = nil
      try process.run()
      process.waitUntilExit()
      if process.terminationStatus != 0 { print("SciPy is not here: not compared") }
    } catch { print("SciPy is not here: not compared") }
  }

  private static func figures(_ x: [Double], _ y: [Double]) throws {
    let renderer = try CairoRenderer()
    let plots = (0..<12).map { index in
      SmallMultiples.Plot(
        title: "Metric \(index + 1)", coefficients: [("τ", -0.37), ("ρ", -0.52), ("r", -0.4)],
        x: x.map { $0 * Double(index + 1) }, y: y)
    }
    for (name, sampling) in [("hexagonal bins", SmallMultiples.Sampling.automatic), ("points", .points)] {
      var sizes: [String] = []
      let time = try Stopwatch.seconds(5) {
        let figure = SmallMultiples.figure(
          plots, title: "Bench", target: "Loss", isReversed: true, perRow: 4, width: 6.8 * 72, sampling: sampling)
        let list = FigureLayout(measure: renderer).displayList(figure)
        sizes = try FigureFormat.allCases.map { format in
          "\(format.rawValue) \((try renderer.render(list, format: format, theme: .light).count + 512) / 1024) KiB"
        }
      }
      line("12 panels of 8,794 points as \(name): SVG, PDF and PNG (\(sizes.joined(separator: ", ")))", time)
    }
  }

  private static func line(_ name: String, _ time: (smallest: Double, median: Double)) {
    print("\(name): smallest \(milliseconds(time.smallest)) ms, median \(milliseconds(time.median)) ms")
  }

  private static func milliseconds(_ seconds: Double) -> String { NumberText.fixed(seconds * 1000, decimals: 3) }
}
