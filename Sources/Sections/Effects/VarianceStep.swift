import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Statistics
import Tables

/// The variance of a target in shares that add up to 1: what strata explain, training noise, and the rest; see `VarianceShares`.
struct VarianceResults: Codable, Sendable, Equatable {
  /// Rows with a target.
  var n: Int
  /// Groups that are drawn together: replicates, with the clusters that they are in.
  var units: Int
  var strata: Int
  /// Trained networks; those with two rows or more.
  var networks: Int
  var replicated: Int
  /// R² of the strata.
  var explained: Estimate
  /// Share that trainings of one network differ by, each stratum's from its own replicates.
  var noise: Estimate
  /// Share that is neither.
  var rest: Estimate
  /// Share of the variance inside strata that is not noise.
  var reliability: Estimate
  /// Noise by one error for all rows, wherever the replicates are.
  var plainNoise: Estimate
}

/// Shares a target's variance out among strata, training noise and the rest.
struct VarianceStep: ResultStep {
  let effects: EffectsPart
  /// The columns that replicates have in common.
  let replicates: ReplicatesSpec
  let kind = StepKind("variance-shares", version: 2)

  private var interval: IntervalSpec? { effects.spec.interval }

  var name: String { "variance-shares/\(effects.name)" }

  var inputs: [StepInput] { [.table(effects.target.dataset)] }

  var parameters: JSONValue {
    .record([
      "target": .string(effects.target.column), "strata": .array(effects.strata.map { .string($0.name) }),
      "replicates": replicates.canonical, "interval": interval?.parameters(unit: effects.unit) ?? "none",
    ])
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> VarianceResults {
    let table = try inputs.table("table")
    let target = try table.column(effects.target.column).offsets.values
    let rows = target.indices.filter { target[$0] != nil }
    // Replicates may lack a value alike, as networks of two layers lack a third.
    let (strata, groups) = (
      table.groups(by: effects.strata.map(\.name)), table.groups(by: replicates.by.map(\.value))
    )
    let clusters = effects.unit == nil ? nil : table.clusters
    let found = try VarianceShares(
      rows.compactMap { target[$0] }, strata: rows.map { strata[$0] }, groups: rows.map { groups[$0] },
      clusters: clusters.map { all in rows.map { all[$0] } }, settings: interval?.settings)
    let basis =
      interval?.basis(of: found, n: found.count, unit: effects.unit) ?? Estimate.Basis(n: found.count)
    func estimate(_ share: VarianceShares.Estimate) -> Estimate {
      Estimate(share.value, interval: share.interval, basis: basis)
    }
    return VarianceResults(
      n: found.count, units: found.unitCount, strata: found.strataCount, networks: found.groupCount,
      replicated: found.replicatedCount, explained: estimate(found.explained), noise: estimate(found.noise),
      rest: estimate(found.rest), reliability: estimate(found.reliability), plainNoise: estimate(found.plainNoise))
  }
}

extension EffectsPart {
  /// The name under which the shares of the target's variance stand among the results.
  static let variance = "variance"

  /// The step that shares the variance out; nil without replicates.
  var varianceStep: VarianceStep? { spec.replicates.map { VarianceStep(effects: self, replicates: $0) } }

  /// A row for each share of the target's variance.
  func varianceTable(_ context: ReportTables) throws(Reason) -> ReportTable {
    guard let step = varianceStep else { throw Reason("\(name) has no replicates") }
    let found = try context.output(of: step)
    let rows: [(String, Estimate)] = [
      (strataTitle.uppercasedFirst, found.explained),
      ("Training noise", found.noise), ("Rest", found.rest),
    ]
    func count(_ number: Int) -> String { NumberText.grouped(number) }
    return ReportTable(
      name: "\(name)-variance", caption: "\(title): what the variance of \(target.title.lowercasedFirst) is made of.",
      columns: [.init("Source"), .init("Share of the variance", isNumeric: true)],
      rows: rows.map { title, share in
        [.init(title), .estimate(share) { "\(NumberText.fixed($0 * 100, decimals: 1)) %" }]
      },
      notes: [
        "\(strataTitle.uppercasedFirst): R² of the means of the \(count(found.strata)) cells. Training noise: mean square between trainings of one network, each cell's from its own replicates; \(count(found.replicated)) networks were trained more than once. Rest: what is left inside cells, all that a metric could tell there.",
        spec.interval?.bracketsOfShares(of: "\(count(found.units)) trained networks, all trainings of one together"),
        "n \(count(found.n)).",
      ].compactMap { $0 })
  }
}
