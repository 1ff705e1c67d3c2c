import Datasets
import Diagnostics
import Foundation
import Reductions
import Statistics
import Tables

/// A rule search at the size of the BERT benchmark: conjunctions of up to three conditions on every feature, 20 splits and
/// all rows, on two workers; and the effects of the same features.
enum RuleSearchBenchmark {
  static func run() async throws {
    let (sample, source) = try sample()
    let count = sample.target.count
    print("rule search on \(source): \(count) architectures, \(sample.features.count) features")
    for (name, objective) in [
      ("recall of the best 10 % at 30 %", RuleObjective.recall(share: 0.3)), ("mean", .mean),
      ("enrichment", .enrichment),
    ] {
      let search = try RuleSearch(sample, .init(objective: objective))
      for workers in [1, 2] {
        let clock = ContinuousClock()
        let start = clock.now
        let evaluated = await outcomes(search, splits: 20, workers: workers)
        let seconds = (clock.now - start) / .seconds(1)
        print(
          "  \(name), \(workers) worker\(workers == 1 ? "" : "s"): \(rounded(seconds)) s; "
            + "\(search.conditionCount) conditions, \(search.conjunctionCount) conjunctions, \(evaluated) counted in 21 searches"
        )
      }
    }
    let settings = FeatureEffects.Settings(groups: [Array(sample.features.indices)], topSizes: [50])
    let time = try Stopwatch.seconds(1) { _ = try FeatureEffects(sample, settings) }
    print("  effects of every feature, 9,999 resamples and permutations: \(rounded(time.smallest)) s")
    nullRejections()
  }

  private static func outcomes(_ search: RuleSearch, splits: Int, workers: Int) async -> Int {
    await withTaskGroup(of: Int.self) { group in
      var next = -1
      func add() {
        guard next < splits else { return }
        let index = next
        group.addTask { index < 0 ? search.whole().evaluated : search.split(index).evaluated }
        next += 1
      }
      for _ in 0..<workers { add() }
      var evaluated = 0
      for await made in group {
        evaluated += made
        add()
      }
      return evaluated
    }
  }

  /// The benchmark's features with the GLUE score; without the data, random ones of that size.
  private static func sample() throws -> (FeatureSample, String) {
    if let folder = ProcessInfo.processInfo.environment["TRAINFREE_DATA"],
      let bytes = FileManager.default.contents(atPath: "data/catalog.yaml")
    {
      let catalog = try CatalogParser.parse(Array(bytes), file: "data/catalog.yaml")
      if let dataset = catalog.dataset("serianni2023/bert-benchmark"), let file = catalog.file(dataset.file) {
        let table = try DatasetImporter.read(
          dataset, file: file, bytes: DataLocation(folders: [folder]).read(file), skipsMalformed: false
        ).table
        if let glue = table["glue"]?.numbers.compactMap(\.self), glue.count == table.rowCount {
          return (
            try FeatureSample(
              features: table.columns.filter { $0.schema.role == .feature }.map { FeatureColumn($0) }, target: glue,
              higherIsBetter: true, strata: table.groups(by: ["depth", "hidden-size"])),
            "serianni2023/bert-benchmark"
          )
        }
      }
    }
    var generator = SeededGenerator(seed: 5)
    let features = (0..<40).map { index in
      FeatureColumn(
        name: "feature-\(index)", title: "Feature \(index)",
        values: .numbers((0..<500).map { _ in Double(generator.next(below: 2 + index % 5)) }))
    }
    let target = (0..<500).map { _ in Double(generator.next(below: 1 << 30)) }
    return (
      try FeatureSample(
        features: features, target: target, higherIsBetter: true, strata: (0..<500).map { $0 % 4 }), "random features"
    )
  }

  /// How often the permutation test of a joint effect within strata rejects at 5 % when there is none.
  private static func nullRejections() {
    var generator = SeededGenerator(seed: 1)
    var rejected = 0
    let time = Stopwatch.seconds(1) {
      for simulation in 0..<2000 {
        let strata = (0..<80).map { _ in generator.next(below: 4) }
        let columns = (0..<3).map { _ in strata.map { Double($0 + generator.next(below: 4)) } }
        let target = strata.map { stratum in
          Double(stratum) * 5 + Double(1 + stratum) * Double(generator.next(below: 1 << 30)) / Double(1 << 30)
        }
        let made = VarianceExplained.tests(
          of: [columns], target: target, strata: Strata(strata),
          settings: .init(permutations: 199, seed: UInt64(simulation)))[0]
        if case .success(let test) = made, test.pValue.value <= 0.05 { rejected += 1 }
      }
    }
    print(
      "  permutation test on null data: \(rejected) of 2,000 rejected at 5 % (99.9 % band: 68 … 132), \(rounded(time.smallest)) s"
    )
  }

  private static func rounded(_ seconds: Double) -> String { String((seconds * 100).rounded() / 100) }
}
