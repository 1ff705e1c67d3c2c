import Documents
import Figures
import Outcomes
import Reports
import Specs
import Statistics
import Tables
import Testing

@testable import Sections

@Suite struct EffectsTests {
  private typealias Explained = EffectsResult.Explained

  /// Depth, which makes the strata, and operations, alone and as a group.
  private func part(
    adjusted: Bool = true, isClustered: Bool = true, hasStrata: Bool = true, interval: Bool = true
  ) -> EffectsPart {
    func column(_ name: String, _ title: String, _ type: ColumnType) -> ColumnSchema {
      ColumnSchema(name: name, type: type, title: title, role: .feature)
    }
    let depth = column("depth", "Depth", .integer)
    let spec = EffectsSpec {
      $0.name = "tell"
      $0.title = "The space"
      $0.groups = Entries([
        EffectsSpec.Group {
          $0.name = "labels"
          $0.title = "Labels"
          $0.features = ["operation"]
        }
      ])
      $0.permutations = 1999
      $0.adjustment = adjusted ? .holm : .none
      $0.top = TopSpec { $0.sizes = [10, 0.1] }
      $0.interval = interval ? IntervalSpec { $0.resamples = 2000 } : nil
    }
    return EffectsPart(
      spec: spec, target: ResolvedTarget(dataset: "space", column: "loss", title: "Loss", better: .lower),
      features: [depth, column("operation", "Operation", .text)], strata: hasStrata ? [depth] : [],
      unit: isClustered ? .cluster : nil)
  }

  private static func explained(_ value: Double, _ pValue: Double) -> Explained {
    Explained(
      value: value, rank: 2, chance: 0.0125, chanceUpper: 0.03, pValue: PValue(pValue),
      adjustedPValue: PValue(min(1, 2 * pValue)))
  }

  private static func result(_ role: EffectsResult.Role, _ given: Outcome<Explained>) -> EffectsResult {
    EffectsResult(
      role: role, n: 1600, missingTarget: 3, missing: 0, units: 800, strataCount: 2,
      alone: .success(explained(0.5, 0.00005)), givenStrata: given)
  }

  private static func level(
    _ label: String, difference: Estimate, top: Outcome<EffectsResult.Frequency>
  ) -> EffectsResult.Level {
    let basis = Estimate.Basis(
      n: 800, clusters: 400, level: 0.95, method: "BCa bootstrap, 2,000 resamples of clusters", seed: 1)
    var mean = Estimate(.success(4.25), basis: basis)
    mean.interval = .success(.init(lower: 4.125, upper: 4.5, standardError: 0.1))
    return EffectsResult.Level(
      location: .init(
        label: label, n: 800, units: 400, mean: mean, sd: label.isEmpty ? nil : 0.75, difference: difference),
      top: TopValues([10, 0.1]) { $0 == 0 ? top : .failure(Reason("a top of 160 of 100 rows")) })
  }

  private static let results: EffectsStep.Output = {
    let noStratum = Reason("no stratum holds the level and another")
    let frequency = EffectsResult.Frequency(
      size: 10, count: 7.5, share: 0.75, shareOfAll: 0.5, enrichment: 1.5, pValue: PValue(0.125),
      adjustedPValue: PValue(0.25))
    var depth = result(.feature, .failure(Reason("no feature varies within the strata")))
    depth.levels = NamedValues([
      ("4", level("4", difference: Estimate(.failure(noStratum)), top: .success(frequency)))
    ])
    var operation = result(.feature, .success(explained(0.0004, 0.5)))
    var difference = Estimate(.success(-0.125))
    difference.interval = .failure(Reason("too few clusters"))
    operation.levels = NamedValues([
      ("empty", level("", difference: difference, top: .failure(Reason("a top of 10 of 8 rows"))))
    ])
    var labels = result(.group, .success(explained(0.0004, 0.5)))
    labels.features = ["operation"]
    labels.strata = NamedValues([
      (
        "2",
        .init(
          group: ["2"],
          explained: .success(Explained(value: 0.25, rank: 1, chance: 0.125, chanceUpper: 0.5, pValue: PValue(0.0061))))
      ),
      ("4", .init(group: ["4"], explained: .failure(Reason("the target is constant")))),
    ])
    return NamedValues([("depth", depth), ("operation", operation), ("labels", labels)])
  }()

  private let outputs = MadeOutputs(["effects/tell": results])

  private func table(_ content: String, of part: EffectsPart) throws -> ReportTable {
    var spec = TableSpec()
    spec.content = content
    return try part.table(spec, outputs.context())
  }

  @Test func resultsAreReadAsWritten() throws { try expectRoundTrip(Self.results) }

  /// As other versions wrote them: absent numbers are null, tops stand beside the other values of a level.
  @Test func resultsHaveTheirPaths() throws {
    let json = try part().values(outputs.inputs)
    #expect(json["depth"]?["title"] == "Depth" && json["labels"]?["title"] == "Labels")
    #expect(json["depth"]?["given-strata"] == ["undefined": "no feature varies within the strata"])
    let level = try #require(json["operation"]?["levels"]?["empty"])
    #expect(
      level.members?.map(\.key) == ["label", "n", "units", "mean", "sd", "difference", "top-10", "top-10-percent"])
    #expect(level["sd"] == .null && level["mean"]?["standard-error"] == 0.1 && level["mean"]?["seed"] == 1)
    #expect(level["difference"]?.text() == #"{"value":-0.125,"interval-undefined":"too few clusters"}"#)
    let group = try #require(json["labels"])
    #expect(group["levels"] == nil && group["features"] == ["operation"])
    #expect(
      group["strata"]?["2"]?.text()
        == #"{"group":["2"],"value":0.25,"rank":1,"chance":0.125,"chance-upper":0.5,"p-value":0.0061,"#
        + #""adjusted-p-value":null}"#)
    #expect(group["strata"]?["4"]?.text() == #"{"group":["4"],"undefined":"the target is constant"}"#)
  }

  @Test func varianceExplainedIsShownAloneAndGivenStrata() throws {
    let made = try table("explained", of: part())
    #expect(
      made.texts == [
        [
          "Feature", "R²", "by chance", "df", "p", "p (Holm)", "R²", "by chance", "df", "p",
          "p (Holm)",
        ],
        [
          "Depth", ".5000", ".0125", "2", "< .0001", ".0001", "undefined: no feature varies within the strata", "–",
          "–",
          "–", "–",
        ],
        ["Operation", ".5000", ".0125", "2", "< .0001", ".0001", ".0004", ".0125", "2", ".500", "1.000"],
        ["Labels (together)", ".5000", ".0125", "2", "< .0001", ".0001", ".0004", ".0125", "2", ".500", "1.000"],
      ])
    #expect(
      made.notes.map(\.source) == [
        "Permutation tests: 1,999 permutations, seed 1; given depth, within the 2 strata. Adjusted after Holm for the 3 features and groups. By chance: mean R² over the permutations. df: independent columns.",
        "n 1,600 in 800 clusters, each tested as one row with its mean target.",
        "3 rows without a target are left out.",
      ])
    let plain = try table("explained", of: part(adjusted: false, isClustered: false, hasStrata: false))
    #expect(plain.texts[0] == ["Feature", "R²", "by chance", "df", "p"] && plain.notes[1] == "n 1,600.")
  }

  @Test func theVarianceIsSharedOut() throws {
    let plain = part()
    var spec = plain.spec
    spec.replicates = ReplicatesSpec { $0.by = ["network"] }
    let part = EffectsPart(
      spec: spec, target: plain.target, features: plain.features, strata: plain.strata, unit: nil)
    func share(_ value: Double) -> Estimate {
      var share = Estimate(.success(value))
      share.interval = .success(.init(lower: value - 0.05, upper: value + 0.05, standardError: 0.025))
      return share
    }
    let found = VarianceResults(
      n: 1600, units: 1300, strata: 2, networks: 1300, replicated: 77, explained: share(0.75), noise: share(0.125),
      rest: Estimate(.success(0.125), interval: .failure(Reason("few"))), reliability: share(0.5),
      plainNoise: share(0.25))
    try expectRoundTrip(found)
    let outputs = MadeOutputs(["effects/tell": Self.results, "variance-shares/tell": found])
    let shares = try part.values(outputs.inputs)["variance"]
    #expect(shares?["explained"]?["value"] == 0.75 && shares?["plain-noise"]?["upper"] == 0.3)
    var table = TableSpec()
    table.content = "variance"
    let made = try part.table(table, outputs.context())
    #expect(
      made.texts == [
        ["Source", "Share of the variance"], ["Depth", "75.0 % [70.0 %, 80.0 %]"],
        ["Training noise", "12.5 % [7.5 %, 17.5 %]"],
        ["Rest", "12.5 % [–]"],
      ])
    #expect(
      made.notes.map(\.source) == [
        "Depth: R² of the means of the 2 cells. Training noise: mean square between trainings of one network, each cell's from its own replicates; 77 networks were trained more than once. Rest: what is left inside cells, all that a metric could tell there.",
        "Brackets: 95 % bootstrap-t intervals, 2,000 resamples of 1,300 trained networks, all trainings of one together, seed 1.",
        "n 1,600.",
      ])
    #expect(try plain.values(self.outputs.inputs)["variance"] == nil && !plain.spec.shows("variance"))
  }

  @Test func strataAreShownOneByOne() throws {
    let made = try table("strata", of: part())
    #expect(
      made.texts == [
        ["Features", "Depth", "R²", "by chance", "df", "p"], ["Labels", "2", ".2500", ".1250", "1", ".0061"],
        ["Labels", "4", "undefined: the target is constant", "–", "–", "–"],
      ])
  }

  @Test func levelsHaveMeansAndDifferences() throws {
    let made = try table("levels", of: part())
    #expect(
      made.texts == [
        ["Feature", "Level", "n", "mean", "SD", "difference"],
        ["Depth", "4", "800", "4.250 [4.125, 4.500]", "0.7500", "undefined: no stratum holds the level and another"],
        ["Operation", "(empty)", "800", "4.250 [4.125, 4.500]", "–", "−0.1250 [–]"],
      ])
    #expect(made.rows[1][5].missing == .interval("too few clusters"))
    #expect(
      made.notes.map(\.source) == [
        "Difference: mean at the level less the mean of the other levels, within depth, pooled with weights nm/(n + m).",
        "Brackets: 95 % BCa bootstrap intervals, 2,000 resamples of clusters, seed 1.",
      ])
    #expect(try table("levels", of: part(interval: false)).notes.count == 1)
  }

  @Test func frequenciesStandByTop() throws {
    let few = "undefined: a top of 160 of 100 rows"
    #expect(
      try table("frequency", of: part()).texts == [
        [
          "Feature", "Level", "of all", "in the top 10", "enrichment", "p", "p (Holm)", "in the top 10 %", "enrichment",
          "p", "p (Holm)",
        ],
        ["Depth", "4", "50.0 %", "75.0 %", "1.500", ".125", ".250", few, "–", "–", "–"],
        ["Operation", "(empty)", "–", "undefined: a top of 10 of 8 rows", "–", "–", "–", few, "–", "–", "–"],
      ])
  }

  private func figure(_ kind: FigureKind, columns: [String] = []) throws -> ResolvedFigure {
    var spec = FigureSpec()
    spec.kind = kind
    spec.columns = columns.map { "\($0)" }
    return try part().figure(FigureSource(spec, of: part(), tables: [], analysis: "A"), outputs.inputs)
  }

  @Test func figuresShowWhatIsAskedFor() throws {
    let means = try figure(.levelMeans)
    #expect(means.title == "Mean loss by level with 95 % intervals: The space")
    #expect(
      means.data.rows == [
        [.text("Depth"), .text("4"), .number(800), .number(4.25), .number(4.125), .number(4.5)],
        [.text("Operation"), .text("(empty)"), .number(800), .number(4.25), .number(4.125), .number(4.5)],
      ])
    #expect(means.panels.map(\.subtitle) == ["R^{2} .500, p < .001", "R^{2} .500, p < .001"])
    // Depth makes the strata, so it has no difference within them; asked for by name it is shown all the same.
    let differences = try figure(.levelDifferences)
    #expect(
      differences.data.rows == [[.text("Operation"), .text("(empty)"), .number(800), .number(-0.125), .none, .none]])
    #expect(try figure(.levelDifferences, columns: ["depth"]).data.rows.map { $0[3] } == [.none])
    let explained = try figure(.explained, columns: ["depth", "labels"])
    #expect(explained.data.rows.map { $0[0] } == ["Depth", "Depth", "Labels", "Labels"].map { .text($0) })
    #expect(explained.data.rows.map { $0[3] } == [.number(0.5), .none, .number(0.5), .number(0.0004)])
  }
}
