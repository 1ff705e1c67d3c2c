import Diagnostics
import Documents
import Sizes
import Testing

@testable import Sections
@testable import Specs

@Suite struct MeasureSpecTests {
  static let good = """
    analysis: measured
    title: Measured
    datasets:
      logs: {use: set/logs}
      both:
        use: set/published
        join: [{dataset: fresh, on: [recipe-id]}]
    measure:
      fresh:
        architectures: {dataset: logs, recipe: recipe, id: recipe-id, distinct: true, keep: [loss], select: {deciles-of: loss, per: 2}}
        network: {vocabulary: 500, embedding: 40, hidden: 60, layers: 2, tied: false, protocol: notebook, precision: float64, seeds: [0, 1]}
        tokens: {use: wikitext-2/test, vocabulary: 400, steps: 10, columns: 8, batches: [0, 3]}
        metrics: [hidden-covariance, jacobian-cosine]
        features: false
      sampled:
        architectures: {sample: {count: 64}}
    correlations:
      size: {target: {dataset: sampled, column: parameters, better: higher}}
    reliability:
      seeds: {dataset: fresh-runs, subject: architecture, rater: [seed, batch], form: "3,k", level: 0.9}
    comparisons:
      against:
        dataset: both
        pairs:
          - {computed: jacobian-cosine, published: published-cosine, title: Cosine}
          - {computed: jacobian-cosine, published: other-cosine, name: other}
    report:
      - figure: {forest: seeds}
      - figure: {rank-rank: against}
      - figure: {box-plots: fresh-runs, group-by: architecture}
      - table: seeds
      - table: {from: against, content: comparison}
    """

  private func problems(_ text: String) -> [String] {
    do {
      _ = try SectionCatalog.language.parse(Array(text.utf8), file: "s.yaml")
      return []
    } catch {
      return error.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }
    }
  }

  @Test func everySettingIsRead() throws {
    let analysis = try SectionCatalog.language.parse(Array(Self.good.utf8), file: "s.yaml")
    let fresh = analysis.measures[0]
    guard case .dataset(let columns) = fresh.architectures else { throw DiagnosticsError([]) }
    #expect(columns.dataset.value == "logs" && columns.recipe.value == "recipe" && columns.id.value == "recipe-id")
    #expect(columns.distinct && columns.keep.map(\.value) == ["loss"])
    #expect(columns.select?.column.value == "loss" && columns.select?.perDecile == 2 && columns.select?.seed == 1)
    #expect([fresh.network.vocabulary, fresh.network.embedding, fresh.network.hidden] == [500, 40, 60])
    #expect(fresh.network.layers == 2 && fresh.network.tied == false && fresh.network.seeds == [0, 1])
    #expect(fresh.network.metricProtocol == .notebook && fresh.network.precision == .float64)
    #expect(fresh.tokens.use.value == "wikitext-2/test" && fresh.tokens.vocabulary?.value == 400)
    #expect(fresh.tokens.steps == 10 && fresh.tokens.columns == 8 && fresh.tokens.batches == [0, 3])
    #expect(!fresh.features && fresh.runsName == "fresh-runs")
    guard case .columns(let metrics) = fresh.metrics else { throw DiagnosticsError([]) }
    #expect(metrics.map(\.value) == ["hidden-covariance", "jacobian-cosine"])
    let reliability = analysis.parts(ReliabilitySpec.self)[0]
    #expect(
      reliability.subject.map(\.value) == ["architecture"] && reliability.rater.map(\.value) == ["seed", "batch"])
    #expect(reliability.form == .twoWayFixedMean && reliability.level == 0.9 && reliability.columns == .all)
    #expect(analysis.parts(ComparisonSpec.self)[0].pairs.map(\.name.value) == ["jacobian-cosine", "other"])
    #expect(analysis.parts(ComparisonSpec.self)[0].pairs[0].title == "Cosine")
  }

  @Test func whatIsLeftOutIsThePublishedSetting() throws {
    let sampled = try SectionCatalog.language.parse(Array(Self.good.utf8), file: "s.yaml").measures[1]
    #expect(sampled.architectures == .sample(Sample { $0.count = 64 }))
    let network = sampled.network
    #expect([network.vocabulary, network.embedding, network.hidden, network.layers] == [nil, nil, nil, nil])
    #expect(network.kind == .recurrentCell && network.foreignKeys.isEmpty && network.choices == NetworkChoices())
    #expect(
      network.tied == nil && network.metricProtocol == nil && network.precision == .float32 && network.seeds == [0])
    #expect(sampled.tokens.use.value == "text-free" && sampled.tokens.vocabulary == nil)
    #expect(sampled.tokens.steps == nil && sampled.tokens.columns == nil && sampled.tokens.batches == [0])
    #expect(sampled.metrics == .all && sampled.features)
  }

  @Test func measurementsAloneAreEnough() {
    let text = """
      analysis: alone
      title: Alone
      measure:
        cells: {architectures: {sample: {count: 4}}}
      report:
        - text: Nothing.
      """
    #expect(problems(text).isEmpty)
    #expect(
      problems(text.replacing("measure:\n  cells: {architectures: {sample: {count: 4}}}\n", with: "")) == [
        "1:11 no-data"
      ])
  }

  /// Keys of dropout, by what stands under `network`, and the findings.
  @Test(arguments: [
    ("kind: encoder, dropout: 0.1, dropout-seed: 2", [String]()), ("kind: gpt-2, dropout: 0", []),
    ("kind: encoder, dropout: 1.5", ["out-of-range"]), ("kind: encoder, dropout: -0.1", ["out-of-range"]),
    ("kind: encoder, dropout: .nan", ["wrong-type"]), ("kind: encoder, dropout-seed: 2", ["nothing-dropped"]),
    ("kind: recurrent-cell, dropout: 0.1", ["not-of-kind"]),
  ]) func dropout(_ keys: String, _ expected: [String]) {
    let text = """
      analysis: a
      title: A
      measure:
        m:
          architectures: {sample: {count: 2}}
          network: {\(keys)}
      report: [{text: x}]
      """
    let found = problems(text).map { $0.split(separator: " ") }
    #expect(found.allSatisfy { $0[0].hasPrefix("6:") } && found.map { String($0[1]) } == expected, "\(found)")
  }

  /// Replacements in the good spec, and the findings they cause.
  @Test(arguments: [
    ("architectures: {dataset: logs", "architectures: {dataset: lgos", ["10:30 unknown-name"]),
    ("architectures: {dataset: logs", "architectures: {dataset: both", ["7:22 join-cycle"]),
    ("architectures: {dataset: logs", "architectures: {dataset: sampled", ["10:30 unknown-name"]),
    ("architectures: {sample: {count: 64}}", "architectures: {count: 64}", ["16:20 missing-key"]),
    ("architectures: {sample: {count: 64}}", "architectures: {sample: {count: 0}}", ["16:37 out-of-range"]),
    ("architectures: {sample: {count: 64}}", "features: true", ["16:5 missing-key"]),
    ("vocabulary: 500", "vocabulary: 1000001", ["11:27 out-of-range"]),
    ("vocabulary: 500", "vocabulary: 300", ["12:48 vocabulary-too-large"]),
    ("hidden: 60", "hidden: 9223372036854775807", ["11:55 out-of-range"]),
    ("steps: 10", "steps: 0", ["12:60 out-of-range"]),
    ("protocol: notebook", "protocol: notebok", ["11:93 unknown-word"]),
    ("precision: float64", "precision: double", ["11:114 unknown-word"]),
    ("seeds: [0, 1]", "seeds: [0, 0]", ["11:134 repeated-element"]),
    ("seeds: [0, 1]", "seeds: [-1]", ["11:131 out-of-range"]),
    ("batches: [0, 3]", "batches: []", ["12:85 too-few"]),
    ("[hidden-covariance", "[Hidden", ["13:15 bad-name"]),
    ("per: 2", "per: 0", ["10:129 out-of-range"]),
    ("level: 0.9", "level: 1", ["20:97 out-of-range"]),
    ("\"3,k\"", "\"4,1\"", ["20:83 unknown-word"]),
    ("rater: [seed, batch]", "rater: architecture", ["20:62 subject-is-rater"]),
    ("dataset: fresh-runs", "dataset: fresh-rums", ["20:20 unknown-name"]),
    ("dataset: both\n", "dataset: bothe\n", ["23:14 unknown-name"]),
    (", name: other", "", ["26:20 duplicate-name"]),
    ("forest: seeds", "forest: seed", ["28:22 unknown-name"]),
    ("rank-rank: against", "rank-rank: size", ["29:25 unknown-name"]),
    ("content: comparison", "content: reliability", ["32:19 unfitting-content"]),
    (
      "logs: {use: set/logs}", "fresh-runs: {use: set/logs}",
      ["9:3 duplicate-name", "10:30 unknown-name"]
    ),
  ])
  func everyProblemHasItsPlace(_ old: String, _ new: String, _ expected: [String]) {
    #expect(problems(Self.good.replacing(old, with: new, maxReplacements: 1)) == expected)
  }

  @Test(arguments: [
    ("vocabulary: 500, embedding: 40", "vocabulary: 200000, embedding: 4096", 1),
    ("hidden: 60, layers: 2", "hidden: 4096, layers: 16", 1),
    ("steps: 10, columns: 8", "steps: 512, columns: 512", 0),
    ("hidden: 60, layers: 2", "hidden: 4096, layers: 2", 0),
  ])
  func sizesThatAreFineAloneAreBoundedTogether(_ old: String, _ new: String, _ count: Int) throws {
    let text = Self.good.replacing(old, with: new, maxReplacements: 1)
    #expect(problems(text) == Array(repeating: "11:14 too-large", count: count))
    let largest = Self.good.replacing(
      "vocabulary: 500, embedding: 40, hidden: 60, layers: 2",
      with: "vocabulary: 200000, embedding: 4096, hidden: 4096, layers: 16"
    )
    .replacing("vocabulary: 400, steps: 10, columns: 8", with: "steps: 512, columns: 512")
    #expect(problems(largest) == Array(repeating: "11:14 too-large", count: 5))
  }

  @Test func numbersOfRunsAreBounded() {
    let many = (0..<101).map(String.init).joined(separator: ", ")
    let runs = Self.good.replacing("seeds: [0, 1]", with: "seeds: [\(many)]").replacing(
      "batches: [0, 3]", with: "batches: [\(many)]")
    #expect(problems(runs) == ["9:3 too-many"])
    let sampled = Self.good.replacing(
      "{sample: {count: 64}}", with: "{sample: {count: 100000}}\n    network: {seeds: [\(many)]}")
    #expect(problems(sampled) == ["15:3 too-many"])
  }

  @Test func mutatedSpecsNeverCrash() {
    let seed = Array(Self.good.utf8)
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var good = 0
    for _ in 0..<800 {
      var bytes = seed
      for _ in 0...next(3) {
        let start = next(bytes.count)
        switch next(4) {
        case 0: bytes[start] = UInt8(next(256))
        case 1: bytes.removeSubrange(start..<min(bytes.count, start + 1 + next(30)))
        case 2: bytes.insert(contentsOf: Array("9223372036854775807".utf8.prefix(1 + next(19))), at: start)
        default: bytes.insert(Array("[]{}:&*-|>?\n\"'9".utf8)[next(15)], at: start)
        }
      }
      if (try? SectionCatalog.language.parse(bytes, file: "s")) != nil { good += 1 }
    }
    #expect(good < 800)
  }
}
