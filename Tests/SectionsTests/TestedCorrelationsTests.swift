import Documents
import Outcomes
import Reports
import Specs
import Statistics
import Tables
import Testing

@testable import Sections

/// Correlations by a coefficient to which ties are coin flips: the p-values of all metrics are one family.
@Suite struct TestedCorrelationsTests {
  private static let members = [("alpha", false), ("beta", false), ("gamma", false), ("depth", true)].map {
    FamilyMember(ColumnSchema(name: $0.0, type: .real, title: $0.0, better: .higher), isBaseline: $0.1)
  }

  private func part(_ adjustment: AdjustedPValues.Method = .holm) -> CorrelationsPart {
    let spec = CorrelationsSpec {
      $0.name = "main"
      $0.title = "Main"
      $0.coefficients = [.kendallTauB, .somersD]
      $0.interval = IntervalSpec { $0.resamples = 999 }
      $0.adjustment = adjustment
    }
    return CorrelationsPart(
      spec: spec,
      compared: ComparedMetrics(
        name: "main", title: "Main",
        target: ResolvedTarget(dataset: "cells", column: "score", title: "Score", better: .higher),
        members: Self.members, coefficients: spec.coefficients, interval: spec.interval, missing: .drop))
  }

  /// Depth, of two values, has the largest τ-b and not the largest d.
  private var outputs: MadeOutputs {
    let values = [(0.5, 0.45), (0.48, 0.47), (0.1, 0.1), (0.7, 0.46)]
    let pValues = [
      PValue(0.002, isFloor: true), PValue(0.002, isFloor: true), PValue(0.3), PValue(0.002, isFloor: true),
    ]
    var made: [String: any Encodable] = [:]
    for (index, member) in Self.members.enumerated() {
      let coefficients = ByCoefficient([Coefficient.kendallTauB, .somersD]) { coefficient -> Estimate in
        var estimate = Estimate(.success(coefficient == .kendallTauB ? values[index].0 : values[index].1))
        if coefficient == .somersD { estimate.test = .init(pValue: pValues[index], test: "bootstrap") }
        return estimate
      }
      made["coefficients/main/\(member.name)"] = CoefficientResults(
        rows: RowCounts(n: 20, total: 20, missingMetric: 0, missingTarget: 0), distinctMetric: 9, distinctTarget: 20,
        tiedMetric: member.isBaseline ? 0.5 : 0.01, tiedTarget: 0, coefficients: coefficients)
    }
    return MadeOutputs(made)
  }

  @Test func theBestMetricIsNotTheOneWithMostTies() throws {
    let values = try part().values(outputs.inputs)
    #expect(values["best"]?["title"] == "beta")
  }

  @Test func metricsAreAdjustedTogether() throws {
    let values = try part().values(outputs.inputs)
    let best = try #require(values["best"]?["somers-d"])
    #expect(best["p-value"] == ["value": 0.002, "at-most": true])
    #expect(best["adjusted-p-value"] == ["value": 0.006, "at-most": true])
    #expect(best["adjustment"] == "holm" && best["family"] == "main")
    #expect(values["gamma"]?["somers-d"]?["adjusted-p-value"] == 0.3)
    #expect(
      values["depth"]?["somers-d"]?["adjusted-p-value"] == nil && values["alpha"]?["kendall-tau-b"]?["test"] == nil)
  }

  /// The number of rows, and whether resamples are named, decide how intervals are made; the notes say which.
  @Test func notesSayHowIntervalsOfManyRowsAreMade() {
    let usual = IntervalSpec()
    let named = IntervalSpec { $0.resamples = 9999 }
    let asked = IntervalSpec { $0.method = .jackknife }
    let bootstrap = "Brackets: 95 % BCa bootstrap intervals, 9,999 resamples of rows, seed 1."
    #expect(usual.brackets(of: "rows", rows: [20, 20_002]) == [MarkdownText(source: bootstrap)])
    #expect(named.brackets(of: "rows", rows: [423_624]) == [MarkdownText(source: bootstrap)])
    let error = "95 % intervals by Student's t with the jackknife's standard error over rows, one left out at a time"
    #expect(asked.brackets(of: "rows", rows: [9]).map(\.source) == ["Brackets: \(error), on Fisher's scale."])
    let many = usual.brackets(of: "rows", rows: [423_624, 10]).map(\.source)
    #expect(many.first == bootstrap && many.last?.hasPrefix("Of more than 20,002 rows: \(error)") == true)
    #expect(many.last?.contains("9,999 of 423,624 rows would draw over 200 million") == true)
    #expect(usual.isJackknife(rows: [423_624]) == .all && usual.testName(rows: [423_624]) == "jackknife")
    let basis = usual.coefficientBasis(n: 423_624, clusters: nil, unit: nil)
    #expect(basis.method == "jackknife, one of 423,624 rows left out at a time, Student's t" && basis.seed == nil)
    #expect(usual.coefficientBasis(n: 20, clusters: nil, unit: nil) == usual.basis(n: 20, unit: nil))
  }

  @Test func theTableHasTheSameNumbers() throws {
    let table = try part().table(TableSpec(), outputs.context())
    #expect(table.columns.map(\.title).suffix(3) == ["p (Holm)", "Tied", "n used / total"])
    #expect(table.texts.dropFirst().map { $0[4] } == ["≤ .0060", "≤ .0060", ".300", "–"])
    #expect(table.texts.last?[5] == "50.0 %")
    #expect(
      table.notes.contains(
        "Somers' d: concordant less discordant pairs over the pairs that differ in score, where a pair that is tied in the metric counts as a coin flip; Kendall τ-b rewards a metric that has ties."
      ))
    let plain = try part(.none).table(TableSpec(), outputs.context())
    #expect(plain.texts[0][4] == "p" && plain.texts[1][4] == "≤ .0020")
    let csv = TableExport.text(table, .csv)
    #expect(csv.contains("p (Holm): at most") && csv.contains(",0.006,true,"))
  }
}
