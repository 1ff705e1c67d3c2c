import Statistics
import Tables
import TestSupport
import Testing

/// What scores that need no network say of released data: values of SciPy 1.17 over the same files.
@Suite struct ClosedFormDataTests {
  /// The columns of a table without missing values.
  private func numbers(_ table: Table, _ names: String...) throws -> [[Double]] {
    try names.map { name in
      let column = try #require(table[name], "no column \(name)")
      #expect(column.undefined.isEmpty)
      return column.numbers.compactMap { $0 }
    }
  }

  private func coefficient(_ coefficient: Coefficient, _ x: [Double], _ y: [Double]) throws -> Double {
    try coefficient.value(PairedSample(x: x, y: y))
  }

  /// Networks of the same matrices tie. Sums in the order of the layers break 27 of these ties by rounding, and change the fourth
  /// digit of τ: .6950 as published.
  @Test(
    .needsPublicData("serianni2023"),
    arguments: [
      ("neural-spectral-capacity", 0.6951, 0.8843), ("neural-spectral-capacity-kaiming", 0.7046, 0.8922),
      ("neural-spectral-capacity-constant", 0.5753, 0.7882), ("neural-spectral-capacity-per-head", 0.6630, 0.8589),
      ("neural-spectral-capacity-stacked", 0.61596, 0.82349),
    ])
  func capacityOfEncoders(_ name: String, _ tau: Double, _ rho: Double) throws {
    let values = try numbers(dataset("serianni2023/bert-benchmark"), name, "glue")
    #expect(try abs(coefficient(.kendallTauB, values[0], values[1]) - tau) < 5e-5)
    #expect(try abs(coefficient(.spearman, values[0], values[1]) - rho) < 5e-5)
  }

  @Test(
    .needsPublicData("litetransformersearch"),
    arguments: [
      ("litetransformersearch/gpt2-wt103", "neural-spectral-capacity", 0.8488, 0.9681),
      ("litetransformersearch/gpt2-wt103", "neural-spectral-capacity-xavier", 0.8140, 0.9499),
      ("litetransformersearch/gpt2-wt103", "neural-spectral-capacity-merged", 0.8489, 0.9677),
      ("litetransformersearch/transxl-wt103", "neural-spectral-capacity", 0.8622, 0.9739),
    ])
  func capacityOfDecoders(_ id: String, _ name: String, _ tau: Double, _ rho: Double) throws {
    let values = try numbers(dataset(id), name, "validation-perplexity")
    #expect(try abs(coefficient(.kendallTauB, values[0], values[1]) + tau) < 5e-5)
    #expect(try abs(coefficient(.spearman, values[0], values[1]) + rho) < 5e-5)
  }

  /// Ties broken at random, depth 4 and hidden size 256 apart, and the best that a quarter of the space keeps.
  @Test(.needsPublicData("serianni2023")) func capacityIsSize() throws {
    let table = try dataset("serianni2023/bert-benchmark")
    let values = try numbers(table, "neural-spectral-capacity", "glue", "depth", "hidden-size")
    /// Concordant pairs less discordant ones over all pairs: the expected τ when ties are broken at random.
    func unlifted(_ x: [Double]) -> Double {
      var net = 0.0
      for (row, other) in x.indices.flatMap({ row in (0..<row).map { (row, $0) } }) {
        let product = (x[row] - x[other]) * (values[1][row] - values[1][other])
        net += product > 0 ? 1 : product < 0 ? -1 : 0
      }
      return net / Double(x.count * (x.count - 1) / 2)
    }
    let order = Lexicographic.scores([values[2], values[3]].map { $0.map { $0 } }).compactMap { $0 }
    #expect(abs(unlifted(values[0]) - 0.694) < 5e-4 && abs(unlifted(order) - 0.694) < 5e-4)
    #expect(abs(unlifted(zip(values[2], values[3]).map { $0 * $1 }) - 0.592) < 5e-4)
    let inside = values[0].indices.filter { values[2][$0] == 4 && values[3][$0] == 256 }
    let tau = try coefficient(.kendallTauB, inside.map { values[0][$0] }, inside.map { values[1][$0] })
    #expect(inside.count == 133 && abs(tau - 0.025) < 0.002)
    let kept = Set(values[0].indices.sorted { values[0][$0] > values[0][$1] }.prefix(133))
    let best = values[1].indices.sorted { values[1][$0] > values[1][$1] }
    let recalls = [10, 25, 50, 100].map { size in Double(best.prefix(size).count { kept.contains($0) }) / Double(size) }
    #expect(recalls == [1, 0.96, 0.96, 0.95])
  }

  @Test(.needsPublicData("litetransformersearch", "lpzero2024")) func lpZeroOfDecodersIsAClosedForm() throws {
    let table = try dataset("lpzero2024/gpt2-scores").joined(
      with: dataset("litetransformersearch/gpt2-wt103"), on: ["id"],
      columns: ["lpzero-closed-form", "test-perplexity"],
      prefix: "", keepsUnmatched: false)
    let values = try numbers(table, "lpzero", "lpzero-closed-form", "test-perplexity")
    let errors = zip(values[0], values[1]).map { abs($1 / $0 - 1) }
    #expect(errors.count == 200 && errors.allSatisfy { $0 < 0.0043 })
    #expect(try abs(coefficient(.spearman, values[0], values[1]) - 0.9995) < 5e-5)
    // The published sign is the other way round: more is worse.
    #expect(try abs(coefficient(.kendallTauB, values[1], values[2]) - 0.891) < 5e-4)
    #expect(try abs(coefficient(.kendallTauB, values[0], values[2]) - 0.888) < 5e-4)
  }

  @Test(.needsPublicData("serianni2023", "lpzero2024")) func lpZeroOfEncodersHasThreeLevels() throws {
    let table = try dataset("lpzero2024/bert").joined(
      with: dataset("serianni2023/bert-benchmark"), on: ["id"], columns: ["lpzero-expected", "lpzero-expected-once"],
      prefix: "", keepsUnmatched: false)
    let values = try numbers(table, "lpzero", "lpzero-expected", "lpzero-expected-once", "glue")
    let levels = Dictionary(grouping: values[1].indices) { values[1][$0] }.sorted { $0.key < $1.key }
    let means = levels.map { level in level.value.reduce(0) { $0 + values[0][$1] } / Double(level.value.count) }
    #expect(levels.map(\.value.count) == [239, 74, 187])
    for (mean, printed) in zip(means, [0.0542, 0.0703, 0.0783]) { #expect(abs(mean - printed) < 5e-5) }
    for (mean, level) in zip(means, levels) { #expect(abs(mean - level.key) < 5e-4) }
    // Of the variance, what the expected scores themselves leave.
    let mean = values[0].reduce(0, +) / Double(values[0].count)
    func squares(_ others: [Double]) -> Double {
      zip(values[0], others).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    for (column, share) in [(1, 0.986), (2, 0.915)] {
      let explained = 1 - squares(values[column]) / squares(values[0].map { _ in mean })
      #expect(abs(explained - share) < 5e-4)
    }
    #expect(try abs(coefficient(.kendallTauB, values[1], values[3]) - 0.646) < 5e-4)
    for (level, tau) in zip(levels, [0.057, 0.011, -0.047]) {
      let found = try coefficient(.kendallTauB, level.value.map { values[0][$0] }, level.value.map { values[3][$0] })
      #expect(abs(found - tau) < 5e-4)
    }
  }
}
