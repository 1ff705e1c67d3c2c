import Documents
import Outcomes
import Specs
import Statistics

/// Writes what is found of differences: p-values are adjusted here, each test's over all pairs.
struct DifferencesDocument {
  let part: DifferencesPart
  let coefficients: [MetricComparison.Oriented]
  let outcomes: [DifferenceOutcome]

  private var level: Double { part.spec.interval.level }

  /// The members of the part's results after the counts.
  func members() throws(Reason) -> [JSONMember] {
    var adjusted: [DifferencesSpec.Test: AdjustedPValues] = [:]
    var families: [JSONMember] = []
    for test in part.spec.tests.map(\.value) where test != .zou {
      let family = try adjusting(test)
      adjusted[test] = family
      families.append(
        JSONMember(
          key: test.rawValue,
          value: .record([
            "tests": .integer(family.familySize), "undefined": .integer(family.undefinedCount),
            "rejected": .integer(family.values.count { $0.map { $0 <= 1 - level } ?? false }),
          ])))
    }
    let members = zip(part.family.members, coefficients).map { member, oriented in
      JSONMember(
        key: member.name,
        value: .estimate(oriented.value, interval: oriented.resampled.flatMap { $0.interval() }))
    }
    return [
      JSONMember(key: "families", value: .object(families)), JSONMember(key: "coefficients", value: .object(members)),
    ]
      + outcomes.indices.map { index in
        JSONMember(key: part.key(part.pairs[index]), value: .object(values(index, adjusted)))
      }
  }

  private func adjusting(_ test: DifferencesSpec.Test) throws(Reason) -> AdjustedPValues {
    do throws(Reason) {
      return try AdjustedPValues(outcomes.map { try? $0.pValue(test)?.get() }, method: part.spec.adjustment)
    } catch { throw Reason(error.text) }
  }

  private func values(_ index: Int, _ adjusted: [DifferencesSpec.Test: AdjustedPValues]) -> [JSONMember] {
    let outcome = outcomes[index]
    let members = part.family.members
    var values: [JSONMember] = [
      JSONMember(key: "first", value: .string(members[part.pairs[index].first].name)),
      JSONMember(key: "second", value: .string(members[part.pairs[index].second].name)),
      JSONMember(key: "difference", value: difference(index, adjusted)),
    ]
    if let margin = part.spec.equivalenceMargin {
      values.append(
        JSONMember(key: "equivalence", value: .equivalence(outcome.resampled, margin: margin, level: level)))
    }
    return values
      + part.spec.tests.map(\.value).map { test in
        JSONMember(key: test.rawValue, value: value(of: test, outcome, adjusted: adjusted[test]?.values[index]))
      }
  }

  /// The difference with its interval, and the p-values of the first test that has one.
  private func difference(_ index: Int, _ adjusted: [DifferencesSpec.Test: AdjustedPValues]) -> JSONValue {
    let outcome = outcomes[index]
    let value = JSONValue.estimate(outcome.difference, interval: outcome.resampled.flatMap { $0.interval() })
    guard let members = value.members, value["value"] != nil,
      let test = part.spec.tests.map(\.value).first(where: { $0 != .zou }),
      let pValue = try? outcome.pValue(test)?.get()
    else { return value }
    let beside = adjusted[test]?.values[index].map { JSONMember(key: "adjusted-p-value", value: .number($0)) }
    return .object(
      members + [JSONMember(key: "p-value", value: .number(pValue))] + [beside].compactMap { $0 }
        + [JSONMember(key: "test", value: .string(test.rawValue))])
  }

  private func value(of test: DifferencesSpec.Test, _ outcome: DifferenceOutcome, adjusted: Double?) -> JSONValue {
    if test == .zou {
      let interval = outcome.correlations.flatMap { three in
        Result { () throws(Reason) in try three.zou(level: level) }
      }
      return .range(of: interval)
    }
    let pValue: Double
    switch outcome.pValue(test) ?? .failure(Reason("there is no p-value")) {
    case .failure(let undefined): return ["undefined": .string(undefined.text)]
    case .success(let value): pValue = value
    }
    var values: [JSONMember] = []
    if case .success(let normal) = outcome.normalTest(test) {
      values.append(JSONMember(key: "z", value: .finite(normal.statistic)))
    }
    values.append(JSONMember(key: "p-value", value: .number(pValue)))
    if let adjusted { values.append(JSONMember(key: "adjusted-p-value", value: .number(adjusted))) }
    guard test == .meng else { return .object(values) }
    let interval = outcome.correlations.flatMap { three in
      Result { () throws(Reason) in try three.mengInterval(level: level) }
    }
    return .object(values + [JSONMember(key: "transformed", value: .range(of: interval))])
  }
}
