import Documents
import Outcomes
import Reports
import Specs
import Statistics
import Tables
import TestSupport
import Testing

@testable import Sections

@Suite struct EqualSizeTests {
  private static let members = [
    FamilyMember(ColumnSchema(name: "alpha", type: .real, title: "Alpha", better: .higher), isBaseline: false),
    FamilyMember(ColumnSchema(name: "size", type: .integer, title: "Size", better: .higher), isBaseline: true),
    FamilyMember(ColumnSchema(name: "depth", type: .integer, title: "Depth", better: .lower), isBaseline: true),
  ]

  private func part(against: [Located<String>] = [], orientation: Orientation = .declared) -> EqualSizePart {
    let spec = EqualSizeSpec {
      $0.name = "alike"
      $0.by = ["size"]
      $0.same = ["depth"]
      $0.against = against
      $0.orientation = orientation
      $0.interval = IntervalSpec { $0.resamples = 200 }
    }
    let family = ComparedMetrics(
      name: "alike", title: "Alike",
      target: ResolvedTarget(dataset: "cells", column: "score", title: "Score", better: .higher),
      members: Self.members, coefficients: [.somersD], interval: spec.interval, missing: .drop, unit: nil)
    return EqualSizePart(spec: spec, family: family, sizes: ["Size"], same: ["Depth"])
  }

  private static func estimate(_ value: Double) -> Estimate {
    var estimate = Estimate(
      .success(value), basis: Estimate.Basis(n: 20, level: 0.95, method: "BCa bootstrap", seed: 1))
    estimate.interval = .success(Estimate.Ends(lower: value - 0.125, upper: value + 0.125, standardError: 0.0625))
    return estimate
  }

  private static let found = EqualSizeResults(
    rows: RowCounts(n: 20, total: 23, missingMetric: 2, missingTarget: 0), withoutSize: 1, pairs: 40, tiedMetric: 0.25,
    tiedTarget: 0.125, gamma: estimate(0.5), somersD: estimate(0.375),
    minus: NamedValues([
      ("size", .init(n: 20, pairs: 40, gamma: estimate(0.25), somersD: estimate(0.125))),
      (
        "depth",
        .init(n: 0, gamma: Estimate(.failure(Reason("no rows"))), somersD: Estimate(.failure(Reason("no rows"))))
      ),
    ]))

  private static let none = EqualSizeResults(
    rows: RowCounts(n: 0, total: 23, missingMetric: 23, missingTarget: 0), withoutSize: 0,
    gamma: Estimate(.failure(Reason("no rows"))), somersD: Estimate(.failure(Reason("no rows"))), minus: NamedValues())

  private var outputs: MadeOutputs {
    MadeOutputs([
      "equal-size/alike/alpha": Self.found, "equal-size/alike/size": Self.none, "equal-size/alike/depth": Self.none,
    ])
  }

  private func table(_ content: String? = nil) throws -> ReportTable {
    var spec = TableSpec()
    spec.content = content
    return try part().table(spec, outputs.context())
  }

  @Test func resultsAreReadAsWritten() throws {
    try expectRoundTrip(Self.found)
    try expectRoundTrip(Self.none)
  }

  @Test func valuesAreThoseThatAreNamed() throws {
    let (part, values) = (part(), try part().values(outputs.inputs))
    #expect(values.members?.map(\.key) == part.valueNames(under: []))
    let names = try #require(part.valueNames(under: ["alpha"]))
    let made = values["alpha"]?.members?.map(\.key) ?? []
    #expect(made.count > 10 && made.allSatisfy { names.contains($0) })
    #expect(part.valueNames(under: ["alpha", "minus"]) == ["size", "depth"])
    #expect(part.valueNames(under: ["size"])?.contains("minus") == false)
    #expect(part.valueNames(under: ["other"]) == nil)
    #expect(values["alpha"]?["minus"]?["size"]?["somers-d"]?["value"]?.double == 0.125)
    #expect(values["alpha"]?["tied-metric"]?.double == 0.25 && values["size"]?["minus"] == nil)
    let path = ["alpha", "minus", "size", "somers-d"].map { Substring($0) }
    #expect(
      part.hasInterval(at: path) && part.hasInterval(at: ["alpha", "gamma"]) && !part.hasInterval(at: ["alpha", "n"]))
    #expect(part.valueTitle(at: path) == "difference in Somers' d at equal size")
    #expect(part.valueTitle(at: ["alpha", "gamma"]) == "Goodman–Kruskal γ at equal size")
    #expect(part.comparison(at: path) == "Alpha − Size" && part.comparison(at: ["alpha", "gamma"]) == nil)
  }

  @Test func bothCoefficientsStandBesideTheirPairs() throws {
    let table = try table()
    #expect(
      table.texts == [
        ["Metric", "n", "Pairs", "Tied", "Goodman–Kruskal γ", "Somers' d"],
        ["Alpha", "20", "40", "25.0 %", ".500 [.375, .625]", ".375 [.250, .500]"],
        ["Size (baseline)", "0", "–", "–", "undefined: no rows", "undefined: no rows"],
        ["Depth (baseline)", "0", "–", "–", "undefined: no rows", "undefined: no rows"],
      ])
    #expect(table.caption == "Alike: association with score over pairs within 10 % in size and equal in depth.")
    #expect(
      table.notes.first
        == "Pairs of rows of which the smaller is more than 0.9 of the larger in size. They are the same in depth.")
    #expect(table.notes.contains { $0.source.hasSuffix("Up to 12.5 % of them are tied in score.") })
  }

  @Test(arguments: [
    (0, "None of them is"), (0.0004, "Fewer than 0.1 % of them are"), (0.001, "Up to 0.1 % of them are"),
  ])
  func fewTiesAreNotRoundedToNone(_ share: Double, _ words: String) throws {
    var found = Self.found
    found.tiedTarget = share
    let outputs = MadeOutputs([
      "equal-size/alike/alpha": found, "equal-size/alike/size": Self.none, "equal-size/alike/depth": Self.none,
    ])
    let notes = try part().table(TableSpec(), outputs.context()).notes
    #expect(notes.contains { $0.source.hasSuffix("the same value of the metric. \(words) tied in score.") })
  }

  @Test func differencesAreThoseToEachBaseline() throws {
    let table = try table("differences")
    #expect(
      table.texts == [
        ["Pair", "Pairs", "Δ Goodman–Kruskal γ", "Δ Somers' d"],
        ["Alpha − Size", "40", ".250 [.125, .375]", ".125 [.000, .250]"],
        ["Alpha − Depth", "–", "undefined: no rows", "undefined: no rows"],
      ])
    #expect(part(against: ["depth"]).rivals(of: Self.members[0]).map(\.name) == ["depth"])
    #expect(part().rivals(of: Self.members[1]).isEmpty)
  }

  /// Rows without a size are left out; a baseline that lacks values is held against the metric on the rows that both have.
  @Test func theStepComparesOnTheSamePairs() throws {
    let count = 24
    func column(_ name: String, _ values: [Double?]) -> Column {
      let missing = values.indices.filter { values[$0] == nil }.map { ($0, "not there") }
      return Column(
        schema: ColumnSchema(name: name, type: .real), storage: .real(values.map { $0 ?? 0 }),
        undefined: Dictionary(uniqueKeysWithValues: missing))
    }
    let score = (0..<count).map { Double($0 * 7 % count) }
    let table = Table(
      columns: [
        column("alpha", score.map { $0 * 2 }),
        column("size", (0..<count).map { $0 == 3 ? nil : Double(100 + $0 % 12) }),
        column("depth", (0..<count).map { $0 < 5 ? nil : Double(1 + $0 % 2) }), column("score", score),
      ], origins: (0..<count).map { RowOrigin(file: "made", line: $0 + 1) })
    var spec = part().spec
    spec.same = []
    let own = EqualSizePart(spec: spec, family: part().family, sizes: ["Size"], same: [])
    let inputs = MadeOutputs([:], tables: ["table/cells": table, "table": table]).inputs
    let found = try own.step(of: Self.members[0]).result(inputs)
    #expect(found.rows.n == count - 1 && found.withoutSize == 1 && found.gamma.value.value == 1)
    let (near, far) = (try #require(found.minus["size"]), try #require(found.minus["depth"]))
    #expect(near.n == count - 1 && near.pairs == found.pairs && far.n == count - 5)
    let sizes = try own.step(of: Self.members[1]).result(inputs)
    let difference = try #require(near.somersD.value.value)
    #expect(try abs(difference - (1 - #require(sizes.somersD.value.value))) < 1e-15)
    #expect(near.somersD.ends != nil && near.somersD.basis.method?.hasPrefix("paired BCa bootstrap") == true)
    // Lower depth is better: a positive coefficient counts against it.
    #expect(far.somersD.value.value.map { $0 > 0 && $0 <= 2 } == true)
  }

  /// 26,769 pairs within 10 % of the declared parameters; the published numbers are .505 of the capacity and .082 of the parameters.
  /// Architectures of the same matrices tie here; summed in the order of the layers they differ by roundings, which break these ties
  /// and leave the capacity between .502 and .506.
  @Test(.needsPublicData("serianni2023")) func thePublishedStatistic() throws {
    let table = try PublicData.load("serianni2023/bert-benchmark", skipsMalformed: false).table
    func numbers(_ name: String) throws -> [Double] { try #require(table[name]).numbers.compactMap(\.self) }
    let (size, target) = (try numbers("parameters-declared-widths"), try numbers("glue"))
    let pairs = try EqualSizePairs(sizes: [size], within: 0.1)
    let found = try pairs.associations(
      of: [numbers("neural-spectral-capacity"), size, numbers("depth")], target: target, settings: nil)
    #expect(pairs.count == 26_769)
    let expected = [0.5059, 0.0821, 0.9234]
    for (one, value) in zip(found, expected) { #expect(try abs(one.gamma.get() - value) < 0.00005, "\(one.gamma)") }
    #expect(try abs(Coefficient.kendallTauB.value(PairedSample(x: size, y: target)) - 0.4846) < 0.00005)
  }
}
