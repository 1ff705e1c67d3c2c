import Documents
import Outcomes
import Reports
import Specs
import Statistics
import Tables
import Testing

@testable import Sections

/// Baselines that are made of several columns: how specs name them, what they become, and what tables say of them.
@Suite struct BaselineTests {
  private static let spec = """
    analysis: sizes
    title: Sizes
    datasets: {cells: {use: set/cells}}
    target: {dataset: cells, column: loss, better: lower}
    correlations:
      main:
        metrics: [alpha]
        baselines:
          - {orders: [depth, width]}
          - {cross-fitted: [depth, width], name: fit, folds: 2, seed: 3}
        coefficients: [kendall-tau-b, pearson]
    report: [{table: main}]
    """

  private static let table = KnownTable(
    name: "cells",
    columns: [
      ColumnSchema(name: "loss", type: .real, title: "Loss", role: .target),
      ColumnSchema(name: "alpha", type: .real, title: "Alpha", role: .metric, better: .higher),
      ColumnSchema(name: "depth", type: .integer, title: "Depth"),
      ColumnSchema(name: "width", type: .integer, title: "Width"),
    ])

  private func parts(_ spec: String = spec) throws -> (parts: [CorrelationsPart], problems: [String]) {
    let analysis = try SectionCatalog.language.parse(Array(spec.utf8), file: "s.yaml", seed: nil)
    var lookup = ColumnLookup(tables: [Self.table], target: analysis.target)
    let parts = analysis.parts(CorrelationsSpec.self).compactMap { $0.part(&lookup) as? CorrelationsPart }
    return (parts, lookup.problems.map(\.id))
  }

  @Test func everyOrderIsAMember() throws {
    let (parts, problems) = try parts()
    let members = try #require(parts.first).members.filter(\.isBaseline)
    #expect(problems.isEmpty)
    #expect(members.map(\.name) == ["depth-then-width", "width-then-depth", "fit"])
    #expect(members.map(\.title) == ["Depth, then width", "Width, then depth", "Depth and width, fitted"])
    #expect(members.allSatisfy { $0.isOrder && $0.better == .higher })
    #expect(members.first?.source == .lexicographic(["depth", "width"]))
  }

  @Test(arguments: [
    ("{orders: [depth, width]}", "{orders: [depth, height]}", "unknown-column"),
    ("[depth, width], name: fit", "[depth, height], name: fit", "unknown-column"),
  ])
  func unknownColumns(_ old: String, _ new: String, _ id: String) throws {
    #expect(try Set(parts(Self.spec.replacing(old, with: new)).problems) == [id])
  }

  @Test(arguments: [
    ("{orders: [depth, width]}", "{orders: [depth]}", "too-few"),
    ("{orders: [depth, width]}", "{orders: [depth, depth]}", "duplicate-member"),
    ("{orders: [depth, width]}", "{orders: [a, b, c, d]}", "too-many"),
    ("{orders: [depth, width]}", "{order: [depth, width]}", "unknown-key"),
    ("name: fit, folds: 2", "name: depth-then-width, folds: 2", "duplicate-member"),
    ("name: fit, folds: 2", "folds: 2", "missing-key"), ("folds: 2", "folds: 1", "out-of-range"),
  ])
  func problems(_ old: String, _ new: String, _ id: String) throws {
    let error = #expect(throws: (any Error).self) { try parts(Self.spec.replacing(old, with: new)) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(id))
  }

  /// Values are ranks: of both columns, where the target needs both; a row without a width has none.
  @Test func valuesOfARow() throws {
    func column(_ name: String, _ values: [Int], _ undefined: [Int: String] = [:]) -> Column {
      Column(
        schema: ColumnSchema(name: name, type: .integer), storage: .integer(values), undefined: undefined)
    }
    let table = Table(
      columns: [
        column("depth", [1, 1, 2, 2, 1, 1, 2, 2, 1]), column("width", [1, 2, 1, 2, 1, 2, 1, 2, 9], [8: "none"]),
        column("loss", [9, 7, 5, 1, 9, 7, 5, 1, 3]),
      ], origins: (1...9).map { RowOrigin(file: "made", line: $0) })
    let source = CrossFittedSource(
      columns: ["depth", "width"], target: "loss", targetHigherIsBetter: false, folds: 2, seed: Seed())
    let scores = try MetricSource.crossFitted(source).numbers(in: table)
    #expect(scores == [1.5, 3.5, 5.5, 7.5, 1.5, 3.5, 5.5, 7.5, nil])
    #expect(
      source.parameters.text()
        == #"{"cross-fitted":["depth","width"],"target":"loss","target-higher-is-better":false,"folds":2,"seed":1}"#)
  }

  @Test func theStrongestIsNamed() throws {
    let part = try #require(try parts().parts.first)
    func results(_ value: Double) -> CoefficientResults {
      CoefficientResults(
        rows: RowCounts(n: 8, total: 8, missingMetric: 0, missingTarget: 0),
        coefficients: ByCoefficient(part.compared.coefficients) { coefficient in
          Estimate(coefficient == .pearson ? .failure(Reason("an order has ranks, not values")) : .success(value))
        })
    }
    let made = zip(part.members, [-0.9, -0.5, -0.75, 0.25]).map { ("coefficients/main/\($0.name)", results($1)) }
    let outputs = MadeOutputs(Dictionary(uniqueKeysWithValues: made))
    let strongest = try #require(try part.values(outputs.inputs)[CorrelationsPart.strongestBaseline])
    #expect(strongest["name"] == "width-then-depth" && strongest["among"] == 3 && strongest["by"] == "kendall-tau-b")
    #expect(strongest["kendall-tau-b"]?["value"] == -0.75)
    let notes = try part.table(TableSpec(), outputs.context([Self.table])).notes.map(\.source)
    #expect(
      notes.filter { !$0.hasPrefix("Tied") }.suffix(2) == [
        "Depth and width, fitted: linear rank of 2 columns, by least squares on mid-ranks; each row is ranked by the fit to the other folds (2 folds of rows, seed 3). The fits stay as they are when rows are resampled.",
        "Strongest of the 3 baselines by Kendall τ-b: Width, then depth. It was picked as the largest of 3. That favours it: a metric ahead of it needs no correction; for the claim that it is ahead of a metric, the p-value has to be adjusted for 3 tests.",
      ])
  }
}
