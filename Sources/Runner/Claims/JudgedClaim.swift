import Claims
import Documents

/// A claim with its verdicts and the values they were given on.
struct JudgedClaim {
  let claim: ResolvedClaim
  /// What the printed number was held against.
  let value: RecomputedValue
  /// What the region was held against.
  let estimate: RecomputedValue
  /// The verdicts.
  var verdict: Verdict
  /// How the verdict allows for the number of claims in its family; nil when it does not.
  var correction: String?

  init(claim: ResolvedClaim, value: RecomputedValue, estimate: RecomputedValue) {
    self.claim = claim
    self.value = value
    self.estimate = estimate
    verdict = claim.claim.verdict(value: value, estimate: estimate)
  }

  /// What the verdicts come to.
  var outcome: ClaimOutcome { claim.claim.expectation.outcome(of: verdict) }

  /// Everything about the claim, by kebab-case keys. Keys without a value are left out. What each axis comes to is judged
  /// here, once: reports, audits and exit statuses read it.
  ///
  /// - Parameter definition: What stands for the claim and all that its verdicts depend on besides the values.
  func json(definition: String) -> JSONValue {
    let expectation = claim.claim.expectation
    let main = claim.claim.region == nil ? value : estimate
    var members: [JSONMember] = []
    func add(_ key: String, _ value: JSONValue?) {
      if let value { members.append(JSONMember(key: key, value: value)) }
    }
    add("title", .string(claim.title))
    add("statement", .string(claim.statement))
    add("reference", claim.source.map { .string($0.reference.value) })
    add("quote", claim.source?.quote.map { .string($0) })
    add("locator", claim.source?.locator.map { .string($0) })
    add("secondary", claim.source.map { .bool($0.isSecondary) })
    add("origin", claim.origin.map { .string($0) })
    add("claimed", .string(claim.claim.words))
    add("printed", claim.claim.printed.map { .string($0.text) })
    add("magnitude", claim.claim.printed.map { .bool($0.isMagnitude) })
    add("region", claim.claim.region.map { .string($0.words) })
    add("computed", Self.json(claim.claim.printed == nil ? estimate : value))
    add("computed-of", (claim.valuePath ?? claim.regionPath).map { .string($0.value) })
    if claim.regionPath?.value != claim.valuePath?.value, claim.claim.printed != nil, claim.claim.region != nil {
      add("estimate", Self.json(estimate))
      add("estimate-of", claim.regionPath.map { .string($0.value) })
    }
    add("lower", main.interval.map { .finite($0.lowerBound) })
    add("upper", main.interval.map { .finite($0.upperBound) })
    add("interval-undefined", main.intervalUndefined.map { .string($0) })
    add("level", main.level.map { .finite($0) })
    add("n", main.count.map { .integer($0) })
    add("method", main.method.map { .string($0) })
    add("seed", main.seed.map { .integer($0) })
    add("policy", main.policy.map { .string($0) })
    add("test", claim.test.map { .string($0) })
    add("p-value", main.pValue.map { .finite($0) })
    add("adjusted-p-value", verdict.adjustedPValue.map { .finite($0) })
    add("family", claim.claim.family.map { .string($0) })
    add("correction", correction.map { .string($0) })
    add("reproduced", .string(verdict.reproduction.words))
    add("reproduced-outcome", expectation.outcome(of: verdict.reproduction).map { .string($0.rawValue) })
    add("reproduced-reason", verdict.reproduction.reason.map { .string($0) })
    add("rounding", claim.claim.rounding(of: value)?.remark.map { .string($0) })
    add("inference", .string(verdict.inference.words))
    add("inference-outcome", expectation.outcome(of: verdict.inference).map { .string($0.rawValue) })
    add("inference-reason", verdict.inference.reason.map { .string($0) })
    add("judged-on", verdict.basis.map { .string($0.rawValue) })
    add("severity", .string(claim.claim.severity.rawValue))
    add("expected-reproduced", .string(expectation.reproduction.rawValue))
    add("expected-inference", .string(expectation.inference.rawValue))
    add("outcome", .string(outcome.rawValue))
    add("notes", .array(claim.notes.map { .string($0) }))
    add("definition", .string(definition))
    return .object(members)
  }

  private static func json(_ value: RecomputedValue) -> JSONValue {
    switch value.content {
    case .number(let number): .finite(number)
    case .text(let text): .string(text)
    case .undefined(let reason): ["undefined": .string(reason)]
    }
  }
}
