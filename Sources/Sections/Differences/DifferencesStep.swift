import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Differences between the coefficients of metrics with one target, on the rows that all of them have, from the same resamples.
///
/// A metric without any value in the target's rows is left out of the comparison, with that reason, and does not take rows
/// from the others. P-values of one test over the pairs of a family are adjusted together.
struct DifferencesStep: ResultStep {
  let part: DifferencesPart
  let kind = StepKind("differences", version: 6)

  var name: String { "differences/\(part.name)" }

  var inputs: [StepInput] { [.table(part.family.target.dataset)] }

  /// Resamples are what takes time: a metric at a time for each worker.
  var usesAllWorkers: Bool { part.family.members.count > 2 }

  private var columns: [FamilyColumns] { part.family.members.map { FamilyColumns(family: part.family, member: $0) } }

  var parameters: JSONValue {
    let family = part.family
    return .record([
      "members": .array(columns.map { .object($0.parameters) }),
      "names": .array(family.members.map { .string($0.name) }),
      "pairs": .array(part.pairs.map { .array([.integer($0.first), .integer($0.second)]) }),
      "settings": part.spec.canonical(except: ComparedMetrics.keys), "clustered": UnitNoun.parameter(family.unit),
    ])
  }

  func result(_ inputs: StepInputs, _ context: StepContext) async throws(Reason) -> DifferencesResults {
    var pairs: [PairedColumns] = []
    for columns in columns { pairs.append(try columns.pairs(inputs)) }
    let comparison = try MetricComparison(part, pairs)
    let coefficients = await WorkerGroup.map(pairs.indices, workers: context.workers) { comparison.coefficient($0) }
    let outcomes = await WorkerGroup.map(part.pairs.indices, workers: context.workers) { index in
      let pair = part.pairs[index]
      return comparison.outcome(pair, coefficients[pair.first], coefficients[pair.second])
    }
    return try DifferencesSummary(
      part: part, comparison: comparison, coefficients: coefficients, outcomes: outcomes
    ).results()
  }
}

/// The metrics of a differences part on the rows they share.
struct MetricComparison: Sendable {
  private let part: DifferencesPart
  private let columns: ComparedColumns
  /// The place of each member among the compared columns; nil for a member without values.
  private let places: [Int?]
  private let coefficient: Coefficient
  private let settings: BootstrapSettings
  /// Rows of the table.
  let total: Int

  /// A coefficient in the part's orientation.
  struct Oriented: Sendable {
    /// The coefficient, signed as the data are.
    var raw: Outcome<Double>
    /// The sign that the metric is multiplied with.
    var sign: Double
    /// The coefficient in the orientation, with its resamples.
    var resampled: Outcome<ResampledValue>

    /// The coefficient in the orientation.
    var value: Outcome<Double> { raw.map { $0 == 0 ? 0 : $0 * sign } }
  }

  init(_ part: DifferencesPart, _ pairs: [PairedColumns]) throws(Reason) {
    self.part = part
    coefficient = part.spec.coefficient
    let hasValues = pairs.map { !$0.completeRows.isEmpty }
    var next = 0
    places = hasValues.map { isThere in
      defer { next += isThere ? 1 : 0 }
      return isThere ? next : nil
    }
    total = pairs.first?.target.count ?? 0
    columns = try ComparedColumns(
      metrics: zip(pairs, hasValues).filter(\.1).map(\.0.metric), target: pairs.first?.target ?? [],
      clusters: pairs.first?.clusters, columns: zip(pairs, hasValues).filter(\.1).map(\.0.first),
      second: pairs.first?.second ?? .target)
    settings = part.spec.interval.settings(rows: columns.rows.count)
  }

  /// Number of rows in which the target and every compared metric have a value.
  var rowCount: Int { columns.rows.count }

  /// Number of clusters that these rows are in; nil without clusters.
  var clusterCount: Int? { columns.clusters.map { clusters in Set(columns.rows.map { clusters[$0] }).count } }

  /// The shares of tied pairs of a member and of the target; nil for a member without values, or fewer than two rows.
  func ties(of member: Int) -> TiedPairs? {
    places[member].flatMap { place in try? columns.sample(place) }.map { TiedPairs($0) }
  }

  /// A member's coefficient with its resamples.
  func coefficient(_ member: Int) -> Oriented {
    let family = part.family
    let isPromisedPositive = (family.members[member].better ?? .higher) == family.target.better
    func undefined(_ reason: String) -> Oriented {
      Oriented(raw: .failure(Reason(reason)), sign: 1, resampled: .failure(Reason(reason)))
    }
    guard let place = places[member] else { return undefined("no row has both a value and a target") }
    if let reason = family.members[member].objection(to: coefficient) { return undefined(reason.text) }
    do throws(Reason) {
      let sample = try columns.sample(place)
      let value = try coefficient.value(sample)
      let orientation = orientation
      return Oriented(
        raw: .success(value), sign: orientation.sign(of: value, isPromisedPositive: isPromisedPositive),
        resampled: Bootstrap.resampled([coefficient], sample: sample, settings: settings)[0].map {
          orientation.applied(to: $0, isPromisedPositive: isPromisedPositive)
        })
    } catch { return undefined(error.text) }
  }

  private var orientation: Orientation { part.spec.orientation }

  /// The difference of a pair's coefficients with its resamples, and the correlations that parametric tests need.
  func outcome(_ pair: DifferencesPart.Pair, _ first: Oriented, _ second: Oriented) -> DifferenceOutcome {
    let names = (part.family.members[pair.first].name, part.family.members[pair.second].name)
    let values: (first: Double, second: Double)
    do throws(Reason) {
      values = (try Self.value(of: first.value, names.0), try Self.value(of: second.value, names.1))
    } catch {
      return DifferenceOutcome(difference: .failure(error), resampled: .failure(error), correlations: .failure(error))
    }
    var outcome = DifferenceOutcome(
      difference: .success(values.first - values.second),
      resampled: first.resampled.flatMap { first in
        second.resampled.flatMap { second in Outcome.of { () throws(Reason) in try first.minus(second) } }
      }, correlations: .failure(Reason("not computed")))
    guard part.spec.tests.contains(where: { $0.value.isParametric }), let one = places[pair.first],
      let other = places[pair.second]
    else { return outcome }
    outcome.correlations = Outcome.of { () throws(Reason) in
      try DependentCorrelations(
        first: values.first, second: values.second,
        between: first.sign * second.sign * columns.coefficient(coefficient, of: one, and: other),
        count: columns.rows.count)
    }
    return outcome
  }

  private static func value(of result: Outcome<Double>, _ name: String) throws(Reason) -> Double {
    do throws(Reason) { return try result.get() } catch { throw Reason("\(name): \(error.text)") }
  }
}

/// The difference of two metrics' coefficients, with all that its tests need.
struct DifferenceOutcome: Sendable {
  /// The difference of their coefficients.
  var difference: Outcome<Double>
  /// The difference with its value in each resample.
  var resampled: Outcome<ResampledValue>
  /// The three correlations that parametric tests are made of; none where no such test is asked for.
  var correlations: Outcome<DependentCorrelations>

  /// The p-value of a test; nil for one that gives an interval alone.
  func pValue(_ test: DifferencesSpec.Test) -> Outcome<PValue>? {
    switch test {
    case .pairedBootstrap: resampled.flatMap { value in Outcome.of { () throws(Reason) in try value.pValue() } }
    case .steiger, .meng: normalTest(test)?.map { PValue(exact: $0.pValue) }
    case .zou: nil
    }
  }

  /// The normal statistic of a test; nil for one that has none.
  func normalTest(_ test: DifferencesSpec.Test) -> Outcome<NormalTest>? {
    switch test {
    case .steiger: correlations.flatMap { three in Outcome.of { () throws(Reason) in try three.steiger() } }
    case .meng: correlations.flatMap { three in Outcome.of { () throws(Reason) in try three.meng() } }
    case .pairedBootstrap, .zou: nil
    }
  }
}
