import Documents
import Outcomes
import Specs
import Statistics

/// The metrics of a differences part on the rows they share.
struct MetricComparison: Sendable {
  private let part: DifferencesPart
  private let columns: ComparedColumns
  /// The place of each member among the compared columns; nil for a member without values.
  private let places: [Int?]
  private let coefficient: Coefficient
  private let settings: BootstrapSettings
  private let total: Int

  /// A coefficient in the part's orientation.
  struct Oriented: Sendable {
    /// The coefficient, signed as the data are.
    var raw: Result<Double, Reason>
    /// The sign that the metric is multiplied with.
    var sign: Double
    /// The coefficient in the orientation, with its resamples.
    var resampled: Result<ResampledValue, Reason>

    /// The coefficient in the orientation.
    var value: Result<Double, Reason> { raw.map { $0 == 0 ? 0 : $0 * sign } }
  }

  init(_ part: DifferencesPart, _ pairs: [PairedColumns]) throws(Reason) {
    self.part = part
    coefficient = part.spec.coefficient
    settings = part.spec.interval.settings
    let hasValues = pairs.map { !$0.completeRows.isEmpty }
    var next = 0
    places = hasValues.map { isThere in
      defer { next += isThere ? 1 : 0 }
      return isThere ? next : nil
    }
    total = pairs.first?.target.count ?? 0
    do throws(Reason) {
      columns = try ComparedColumns(
        metrics: zip(pairs, hasValues).filter(\.1).map(\.0.metric), target: pairs.first?.target ?? [],
        clusters: pairs.first?.clusters, columns: zip(pairs, hasValues).filter(\.1).map(\.0.first),
        second: pairs.first?.second ?? .target)
    } catch { throw Reason(error.text) }
  }

  /// How many rows are compared of how many, in how many clusters, and how many pairs there are.
  var counts: [JSONMember] {
    var members = [
      JSONMember(key: "n", value: .integer(columns.rows.count)), JSONMember(key: "total", value: .integer(total)),
    ]
    if let clusters = columns.clusters {
      members.append(JSONMember(key: "clusters", value: .integer(Set(columns.rows.map { clusters[$0] }).count)))
    }
    return members + [JSONMember(key: "pairs", value: .integer(part.pairs.count))]
  }

  /// A member's coefficient with its resamples.
  func coefficient(_ member: Int) -> Oriented {
    let family = part.family
    let isPromisedPositive = (family.members[member].better ?? .higher) == family.target.better
    func undefined(_ reason: String) -> Oriented {
      Oriented(raw: .failure(Reason(reason)), sign: 1, resampled: .failure(Reason(reason)))
    }
    guard let place = places[member] else { return undefined("no row has both a value and a target") }
    if coefficient == .pearson, case .lexicographic = family.members[member].source {
      return undefined("an order has ranks, not values")
    }
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

  /// What is found of a pair.
  func outcome(_ pair: DifferencesPart.Pair, _ first: Oriented, _ second: Oriented) -> DifferenceOutcome {
    let names = (part.family.members[pair.first].name, part.family.members[pair.second].name)
    let values: (first: Double, second: Double)
    do throws(Reason) {
      values = (try Self.value(of: first.value, names.0), try Self.value(of: second.value, names.1))
    } catch { return DifferenceOutcome(difference: .failure(error)) }
    var outcome = DifferenceOutcome(difference: .success(values.first - values.second))
    outcome.resampled = first.resampled.flatMap { first in
      second.resampled.flatMap { second in Result { () throws(Reason) in try first.minus(second) } }
    }
    guard part.spec.tests.contains(where: { $0.value.isParametric }), let one = places[pair.first],
      let other = places[pair.second]
    else { return outcome }
    outcome.correlations = Result { () throws(Reason) in
      try DependentCorrelations(
        first: values.first, second: values.second,
        between: first.sign * second.sign * columns.coefficient(coefficient, of: one, and: other),
        count: columns.rows.count)
    }
    return outcome
  }

  private static func value(of result: Result<Double, Reason>, _ name: String) throws(Reason) -> Double {
    do throws(Reason) { return try result.get() } catch { throw Reason("\(name): \(error.text)") }
  }
}
