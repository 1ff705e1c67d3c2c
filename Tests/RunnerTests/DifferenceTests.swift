import Diagnostics
import Documents
import Specs
import Statistics
import Tables
import Testing

@testable import Runner
@testable import Sections

/// Comparisons between metrics on the small search space of `FeatureAnalysis`: depth and width decide the score.
@Suite struct DifferenceTests {
  static let spec = """
    analysis: features
    title: Compared
    datasets:
      space: {use: set/space, cluster-by: [id]}
      rows: {use: set/space}
    target: {dataset: space, column: score}
    differences:
      all:
        title: The space
        metrics: [depth, width, noise]
        baselines: [{lexicographic: [depth, width], name: shape, title: Shape}]
        interval: {resamples: 199}
        equivalence-margin: 0.05
      linear: {target: {dataset: rows, column: loss}, metrics: [depth, width], against: [width], coefficient: pearson, orientation: magnitude, tests: [steiger, meng, zou], adjustment: none, interval: {resamples: 100, method: percentile}}
      orders: {metrics: [depth], baselines: [{lexicographic: [depth, width], name: shape}], coefficient: pearson, interval: {resamples: 100}}
    strata:
      cells: {title: The space, metrics: [width, noise], by: [depth], interval: {resamples: 199}, equivalence-margin: 0.3, replicates: {by: [id]}}
      bare: {target: {dataset: rows, column: loss}, metrics: [depth], by: [operation], coefficients: [spearman], interval: none}
    score-samples:
      runs: {title: The space, dataset: rows, subject: [depth, width], metrics: [score, noise], target: {column: loss}}
    report:
      - text: |
          {{ all.depth-minus-noise.difference | interval .2 }} {{ all.depth-minus-noise.title }}
          {{ cells.reliability.each.4.noise-ceiling | .2 }} {{ runs.score.decided-share | .1% }}
      - table: all
      - table: {from: all, content: coefficients}
      - table: linear
      - figure: {forest: all}
      - figure: {forest: linear, columns: [depth-minus-width]}
      - table: cells
      - table: {from: cells, content: each-stratum}
      - table: {from: cells, content: replicates}
      - table: {from: bare, content: each-stratum}
      - figure: {forest: cells, coefficient: spearman}
      - table: runs
    """

  @Test func comparisonsAreAddressedByName() async throws {
    let analysis = try FeatureAnalysis()
    let result = try await analysis.run(Self.spec)
    #expect(result.failures.isEmpty, "\(result.failures)")
    let results = try analysis.json("results", result)
    func number(_ path: String) throws -> Double { try ValuePath.number(at: path, in: results) }
    func text(_ path: String) -> String? { ValuePath.value(at: path, in: results)?.string }
    #expect(try number("all.n") == 160 && number("all.clusters") == 80 && number("all.pairs") == 6)
    #expect(text("all.depth-minus-noise.title") == "Depth − Noise")
    let (depth, noise) = (try number("all.coefficients.depth"), try number("all.coefficients.noise"))
    #expect(try abs(number("all.depth-minus-noise.difference") - (depth - noise)) < 1e-15)
    #expect(try number("all.depth-minus-noise.difference.lower") > 0.3)
    #expect(try number("all.depth-minus-noise.paired-bootstrap.p-value") == 0.01)
    #expect(try number("all.depth-minus-noise.difference.p-value") == 0.01)
    #expect(try number("all.depth-minus-noise.difference.adjusted-p-value") > 0.01)
    #expect(text("all.depth-minus-noise.equivalence.verdict") == "different")
    #expect(try abs(number("all.depth-minus-noise.equivalence.level") - 0.9) < 1e-12)
    #expect(try number("all.families.paired-bootstrap.tests") == 6)
    // Loss is 20 less the score: its magnitude is the score's, whatever the direction.
    #expect(try number("linear.coefficients.depth") > 0.9 && number("linear.depth-minus-width.difference") > 0)
    #expect(ValuePath.value(at: "linear.width-minus-depth", in: results) == nil)
    #expect(try number("linear.depth-minus-width.steiger.z") > 10)
    #expect(try number("linear.depth-minus-width.steiger.p-value") < 1e-10)
    #expect(
      try number("linear.depth-minus-width.zou.lower") > 0
        && number("linear.depth-minus-width.meng.transformed.lower") > 0)
    #expect(text("orders.depth-minus-shape.difference.undefined") == "shape: an order has ranks, not values")
    #expect(try number("orders.families.paired-bootstrap.undefined") == 1)
  }

  @Test func strataAndSamplesAreAddressedByName() async throws {
    let analysis = try FeatureAnalysis()
    let result = try await analysis.run(Self.spec)
    let results = try analysis.json("results", result)
    func number(_ path: String) throws -> Double { try ValuePath.number(at: path, in: results) }
    func text(_ path: String) -> String? { ValuePath.value(at: path, in: results)?.string }
    #expect(try number("cells.width.within.kendall-tau-b") > number("cells.width.overall.kendall-tau-b"))
    #expect(try number("cells.width.within.kendall-tau-b.lower") > 0.4)
    #expect(text("cells.width.within.kendall-tau-b.equivalence.verdict") == "different")
    #expect(try number("cells.width.each.4.n") == 80 && number("cells.width.each.4.clusters") == 40)
    #expect(try number("cells.width.strata") == 2 && number("cells.width.clusters") == 80)
    #expect(try number("cells.reliability.each.2.groups") == 40 && number("cells.reliability.pooled.groups") == 80)
    let ceiling = try number("cells.reliability.pooled.noise-ceiling")
    #expect(try abs(ceiling * ceiling - number("cells.reliability.pooled.reliability")) < 1e-12 && ceiling > 0.9)
    #expect(try number("bare.depth.each.dsc-5.spearman") < -0.8)
    #expect(ValuePath.value(at: "bare.depth.within.spearman.lower", in: results) == nil)
    // Ten pairs of depth and width; those that differ in level alone are decided, 8 of 45 are not.
    #expect(try number("runs.score.architectures") == 10 && number("runs.score.fewest-scores") == 16)
    #expect(try number("runs.score.pairs") == 45 && number("runs.score.decided") == 37)
    #expect(try number("runs.score.unbeaten") == 2 && number("runs.score.agreement") == 1)
    #expect(try number("runs.noise.decided") == 0)
    #expect(text("runs.noise.agreement.undefined") == "no pair is decided")
  }

  /// What stands in the step's output is what the statistics give on the table's columns.
  @Test func differencesAreThoseOfTheStatistics() async throws {
    let analysis = try FeatureAnalysis()
    let result = try await analysis.run(Self.spec)
    let table = try Table(decoding: analysis.bytes("table/space", result))
    let results = try analysis.json("results", result)
    func column(_ name: String) throws -> [Double] { try #require(table[name]).numbers.compactMap { $0 } }
    let clusters = try column("cluster").map { Int($0) }
    func resampled(_ name: String) throws -> ResampledValue {
      let sample = try PairedSample(x: column(name), y: column("score"), clusters: clusters)
      return try Bootstrap.resampled([.somersD], sample: sample, settings: BootstrapSettings(resamples: 199))[0]
        .get()
    }
    let difference = try resampled("width").minus(resampled("noise"))
    let interval = try difference.interval().get()
    #expect(try ValuePath.number(at: "all.width-minus-noise.difference.lower", in: results) == interval.lower)
    #expect(try ValuePath.number(at: "all.width-minus-noise.difference.upper", in: results) == interval.upper)
    #expect(
      try ValuePath.number(at: "all.width-minus-noise.paired-bootstrap.p-value", in: results)
        == difference.pValue().value)
  }

  /// Single metrics are held against what their own lists name, on the rows and resamples of all.
  @Test func pairsAreThoseThatAreNamed() async throws {
    let analysis = try FeatureAnalysis()
    let all = try analysis.json("results", await analysis.run(Self.spec))
    let named = "    equivalence-margin: 0.05\n    pairs: {width: [noise, shape], shape: [depth]}\n"
    let spec = Self.spec.replacing("    equivalence-margin: 0.05\n", with: named, maxReplacements: 1)
      .replacing("all.depth-minus-noise", with: "all.width-minus-noise")
    let result = try await analysis.run(spec)
    let results = try analysis.json("results", result)
    #expect(try ValuePath.number(at: "all.pairs", in: results) == 3)
    for pair in ["width-minus-noise", "width-minus-shape", "shape-minus-depth"] {
      #expect(ValuePath.value(at: "all.\(pair).difference", in: results) != nil, "\(pair)")
    }
    #expect(
      try ValuePath.number(at: "all.width-minus-noise.difference.lower", in: results)
        == ValuePath.number(at: "all.width-minus-noise.difference.lower", in: all))
  }

  /// Each family of tests is adjusted by itself, claims take the same numbers, and τ-b is warned of where ties are unequal.
  @Test func familiesOfTestsHaveOneAdjustedPValue() async throws {
    let analysis = try FeatureAnalysis()
    let spec = Self.spec.replacing(
      "    equivalence-margin: 0.05\n",
      with:
        "    equivalence-margin: 0.05\n    coefficient: kendall-tau-b\n    families: {by-shape: [shape]}\n",
      maxReplacements: 1
    ).replacing(
      "report:\n",
      with: """
        claim-families: {one: {correction: holm}}
        claims:
          less: {statement: a, region: {of: all.depth-minus-noise.difference, above: 0}, family: one}
        report:

        """, maxReplacements: 1)
    let result = try await analysis.run(spec)
    #expect(result.failures.isEmpty, "\(result.failures)")
    let results = try analysis.json("results", result)
    func value(_ path: String) -> JSONValue? { ValuePath.value(at: path, in: results) }
    #expect(value("all.depth-minus-shape.difference.family") == "all.by-shape")
    #expect(value("all.depth-minus-noise.difference.family") == "all")
    // Three of the six pairs are held against the shape, three are the others.
    #expect(value("all.depth-minus-noise.difference.p-value") == ["value": 0.01, "at-most": true])
    let adjusted = try #require(value("all.depth-minus-noise.difference.adjusted-p-value"))
    #expect(adjusted["value"]?.double.map { $0 <= 0.03 } == true && adjusted["at-most"] == true)
    #expect(value("all.depth-minus-noise.paired-bootstrap.adjusted-p-value") == adjusted)
    #expect(try analysis.json("claims", result)["less"]?["adjusted-p-value"] == adjusted)
    #expect(try ValuePath.number(at: "all.ties.members.depth", in: results) > 0.4)
    guard case .array(let warnings)? = value("all.warnings") else {
      Issue.record("no warning")
      return
    }
    #expect(warnings[0].string?.hasPrefix("Kendall τ-b rewards ties, and in ") == true)
  }

  @Test func numbersOfWorkersDoNotMatter() async throws {
    let analysis = try FeatureAnalysis()
    let alone = try await analysis.run(Self.spec, store: "one", workers: 1)
    let many = try await analysis.run(Self.spec, store: "five", workers: 5)
    for step in ["differences/all", "strata/cells/width", "score-samples/runs/score", "results", "report"] {
      let (one, other) = (try analysis.bytes(step, alone, store: "one"), try analysis.bytes(step, many, store: "five"))
      #expect(one == other, "\(step)")
    }
  }

  @Test func titlesChangeNoComputation() async throws {
    let analysis = try FeatureAnalysis()
    _ = try await analysis.run(Self.spec)
    let result = try await analysis.run(Self.spec.replacing("title: The space", with: "title: Another"))
    for step in ["differences/all", "strata/cells/width", "score-samples/runs/score"] {
      #expect(result.outcomes[step] == .current, "\(step)")
    }
    #expect(result.outcomes["results"] != .current)
  }

  /// Replacements in the good spec, and the findings they cause.
  @Test(arguments: [
    ("against: [width]", "against: [widht]", ["14:86 unknown-metric"]),
    (
      "metrics: [depth], baselines: [{lexicographic: [depth, width], name: shape}], coefficient",
      "metrics: [depth], coefficient", ["15:3 no-pairs"]
    ),
    (
      "equivalence-margin: 0.05", "families: {a: [shape, dpth], b: [shape]}",
      ["13:27 unknown-metric", "13:38 duplicate-member"]
    ),
    (
      "coefficient: pearson, orientation", "families: {a: [depth]}, coefficient: pearson, orientation",
      ["14:109 no-pairs"]
    ),
    (
      "equivalence-margin: 0.05", "pairs: {depth: [width, nose], widht: [depth]}",
      ["13:28 unknown-metric", "13:35 unknown-metric"]
    ),
    ("equivalence-margin: 0.05", "pairs: {depth: [depth]}", ["8:3 no-pairs"]),
    ("against: [width]", "against: [width], pairs: {depth: [width]}", ["14:86 exclusive-keys"]),
    ("by: [depth], interval", "by: [dept], interval", ["17:59 unknown-column"]),
    ("replicates: {by: [id]}", "replicates: {by: [di]}", ["17:138 unknown-column"]),
    ("subject: [depth, width]", "subject: [deep]", ["20:53 unknown-column"]),
    ("metrics: [score, noise]", "metrics: [operation]", ["20:78 not-a-number"]),
    ("target: {column: loss}}", "target: {column: noise}}", ["20:110 no-direction"]),
    ("columns: [depth-minus-width]", "columns: [width-minus-depth]", ["29:40 unknown-metric"]),
  ])
  func everyNameIsLookedUp(_ old: String, _ new: String, _ expected: [String]) throws {
    #expect(Self.spec.contains(old), "\(old)")
    let analysis = try FeatureAnalysis()
    var found: [String] = []
    do { _ = try analysis.plan(Self.spec.replacing(old, with: new, maxReplacements: 1)) } catch let error
      as DiagnosticsError
    {
      found = error.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }
    }
    #expect(found == expected)
  }
}
