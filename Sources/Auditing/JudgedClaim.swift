import Claims
import Documents
import Outcomes
import Statistics

/// Every claim and finding of an analysis as it was judged, with counts of the verdicts on claims.
package struct JudgedClaims: Codable, Sendable, Equatable {
  /// Counts of the claims: by outcome, by verdict on the printed number, and by verdict on the region.
  package struct Totals: Codable, Sendable, Equatable {
    package struct Reproduced: Codable, Sendable, Equatable { var reproduced, notReproduced, notCheckable: Int }
    package struct Inferred: Codable, Sendable, Equatable { var supported, refuted, inconclusive, notCheckable: Int }
    /// Counts of the statements of publications by verdict; several claims on one statement count once. Those that hold in some
    /// of their readings alone are not among those that hold.
    package struct Stated: Codable, Sendable, Equatable {
      var statements, hold, holdInOneReading, doNotHold, cannotBeTold, notCheckable: Int
    }

    var claims: Int
    var met: Int
    var undecided: Int
    var failed: Int
    var reproduction: Reproduced
    var inference: Inferred
    var stated: Stated
  }

  /// The claims by name, in order.
  package var claims: NamedValues<JudgedClaim>
  /// The findings by name, in order.
  package var findings: NamedValues<JudgedClaim>
  package var totals: Totals

  /// The keys beside the claims' names, which no claim can have.
  private enum Keys: String, CodingKey { case findings, totals }

  /// The claim or the finding of a name.
  func named(_ name: String) -> JudgedClaim? { claims[name] ?? findings[name] }

  /// Gathers judgements.
  ///
  /// - Parameters:
  ///   - judgements: Those of the claims, then those of the findings.
  ///   - definitions: The digest of each claim's definition, by the claim's name; see `JudgedClaim.definition`.
  init(_ judgements: [ClaimJudgement], of audited: AuditedAnalysis, definitions: [String: String]) {
    func judged(_ judgements: some Sequence<ClaimJudgement>) -> NamedValues<JudgedClaim> {
      NamedValues(
        judgements.map { judgement in
          var claim = JudgedClaim(judgement, definition: definitions[judgement.claim.name] ?? "")
          claim.compared = audited.comparison(of: judgement.claim)
          return (judgement.claim.name, claim)
        })
    }
    let claimCount = audited.claims.count
    claims = judged(judgements.prefix(claimCount))
    findings = judged(judgements.dropFirst(claimCount))
    let named = claims
    let statements = audited.statements.filter { $0.first?.source != nil }.map { claims in
      JudgedStatement(claims.compactMap { named[$0.name] })
    }
    let tally = StatementTally(statements.map(\.verdict))
    let partly = statements.count(where: \.isPartly)
    let all = claims.entries.map(\.value)
    func count(_ axis: KeyPath<JudgedClaim, String>, _ words: String) -> Int {
      all.count { $0[keyPath: axis] == words }
    }
    func count(_ outcome: ClaimOutcome) -> Int { all.count { $0.outcome == outcome } }
    func reproduced(_ verdict: Reproduction) -> Int { count(\.reproduced, verdict.words) }
    func inferred(_ verdict: Inference) -> Int { count(\.inference, verdict.words) }
    totals = Totals(
      claims: claimCount, met: count(.met), undecided: count(.undecided), failed: count(.failed),
      reproduction: .init(
        reproduced: reproduced(.reproduced), notReproduced: reproduced(.notReproduced),
        notCheckable: reproduced(.notCheckable(""))),
      inference: .init(
        supported: inferred(.supported), refuted: inferred(.refuted), inconclusive: inferred(.inconclusive("")),
        notCheckable: inferred(.notCheckable(""))),
      stated: .init(
        statements: statements.count, hold: tally.count(.holds) - partly, holdInOneReading: partly,
        doNotHold: tally.count(.doesNotHold),
        cannotBeTold: tally.count(.cannotBeTold), notCheckable: tally.count(.notCheckable)))
  }

  /// Reads claims and totals from one object.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    totals = try container.decode(Totals.self, forKey: .totals)
    findings = try container.decode(NamedValues<JudgedClaim>.self, forKey: .findings)
    let members = try NamedValues<JSONValue>(from: decoder).entries.filter { Keys(rawValue: $0.name) == nil }
    claims = NamedValues(try members.map { ($0.name, try $0.value.decoded()) })
  }

  /// Writes claims and totals into one object.
  package func encode(to encoder: any Encoder) throws {
    try claims.encode(to: encoder)
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(totals, forKey: .totals)
    try container.encode(findings, forKey: .findings)
  }
}

/// A claim with its verdicts and the values they were given on: all that tables, cards, audits and exit statuses go by.
package struct JudgedClaim: Codable, Sendable, Equatable {
  package var title: String
  package var statement: String
  /// The publication: its key, its words, the place in it, and whether the value is known from another text.
  package var reference: String?
  package var quote: String?
  package var locator: String?
  package var secondary: Bool?
  /// The claim of a claims file, such as `serianni2023#hidden-covariance`.
  package var origin: String?
  /// When it was written down beside the day of the first result, in words, and whether that was beforehand; with the commit.
  package var registration: String
  package var beforehand: Bool
  package var commit: String?
  /// The trivial baseline that the value is held against, and both sides of the comparison that the value is of.
  package var baseline: String?
  package var compared: String?
  /// How the statement is read, where it can be read in several ways.
  package var reading: String?
  /// The printed number and the region that are claimed, in words; `our test: above 0` for a region of the analysis.
  package var claimed: String
  /// The printed number, and whether it was printed without its sign.
  package var printed: String?
  package var magnitude: Bool?
  package var region: String?
  /// True when the publication names no region, and the analysis tests one of its own; nil otherwise.
  package var ownTest: Bool?
  /// The value that the printed number was compared with, or else that was judged against the region; `computedOf` is its
  /// path.
  package var computed: RecomputedValue.Content
  package var computedOf: String?
  /// The value that was judged against the region, where that is another one than `computed`, and its path.
  package var estimate: RecomputedValue.Content?
  package var estimateOf: String?
  /// The interval of the value that was judged against the region, or that the printed number was compared with where there
  /// is no region; with the level, row count, method, seed and policy for missing values of both.
  package var lower: Double?
  package var upper: Double?
  package var intervalUndefined: String?
  package var level: Double?
  package var n: Int?
  package var method: String?
  package var seed: Int?
  package var policy: String?
  /// The test in words, with its p-value and the one adjusted over the family of claims.
  package var test: String?
  package var pValue: PValue?
  package var adjustedPValue: PValue?
  package var family: String?
  package var correction: String?
  /// The verdict in the words of the report, the worse of those on number and region; nil where neither is claimed.
  package var verdict: StatementVerdict?
  /// The verdict on the printed number, its outcome against what was expected (nil where no number is claimed), the reason
  /// why it could not be given, and the rounding where there was a choice.
  package var reproduced: String
  package var reproducedOutcome: ClaimOutcome?
  package var reproducedReason: String?
  package var rounding: String?
  /// The same for the region, and the basis that it was judged on.
  package var inference: String
  package var inferenceOutcome: ClaimOutcome?
  package var inferenceReason: String?
  package var judgedOn: Inference.Basis?
  package var severity: ClaimSeverity
  package var expectedReproduced: ClaimExpectation.Reproduced
  package var expectedInference: ClaimExpectation.Inferred
  /// Both verdicts held against what was expected: met, undecided or failed.
  package var outcome: ClaimOutcome
  package var notes: [String]
  /// SHA-256 of all that the verdicts depend on besides the values: the claim, its family, the policy for missing values and
  /// the version of the judge.
  package var definition: String
}

extension ClaimOutcome: Codable {}
extension ClaimSeverity: Codable {}
extension ClaimExpectation.Reproduced: Codable {}
extension ClaimExpectation.Inferred: Codable {}
extension Inference.Basis: Codable {}

/// A number, a text, or `{"undefined": reason}`.
extension RecomputedValue.Content: Codable {
  package init(from decoder: any Decoder) throws {
    let json = try decoder.singleValueContainer().decode(JSONValue.self)
    if let number = json.double {
      self = .number(number)
    } else if let text = json.string {
      self = .text(text)
    } else {
      self = .undefined(json["undefined"]?.string ?? "not a finite number")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .undefined(let reason): try container.encode(Outcome<Double>.failure(Reason(reason)))
    }
  }
}

/// A claim while it is judged.
struct ClaimJudgement {
  let claim: ResolvedClaim
  /// The recomputed value that the printed number is compared with; undefined where the claim has no path for one.
  let value: RecomputedValue
  /// The recomputed value that is judged against the region; undefined where the claim has no path for one.
  let estimate: RecomputedValue
  /// The verdicts.
  var verdict: Verdict
  /// The correction that the claim's family makes for its number of claims, as `holm`; nil for a claim of no family.
  var correction: String?

  init(claim: ResolvedClaim, value: RecomputedValue, estimate: RecomputedValue) {
    self.claim = claim
    self.value = value
    self.estimate = estimate
    verdict = claim.claim.verdict(value: value, estimate: estimate)
  }
}

extension JudgedClaim {
  /// States a judgement with its outcomes.
  init(_ judged: ClaimJudgement, definition: String) {
    let (resolved, verdict) = (judged.claim, judged.verdict)
    let claim = resolved.claim
    let main = claim.region == nil && resolved.regionPath == nil ? judged.value : judged.estimate
    let hasTwo =
      resolved.regionPath?.value != resolved.valuePath?.value && claim.printed != nil && claim.region != nil
    self.init(
      title: resolved.title, statement: resolved.statement.value, reference: resolved.source?.reference.value,
      quote: resolved.source?.quote, locator: resolved.source?.locator, secondary: resolved.source?.isSecondary,
      origin: resolved.origin, registration: resolved.registration.words,
      beforehand: resolved.registration.isBeforehand, commit: resolved.registration.commit, baseline: resolved.baseline,
      reading: resolved.reading, claimed: Self.claimed(resolved), printed: claim.printed?.text,
      magnitude: claim.printed?.isMagnitude, region: claim.region?.words,
      ownTest: resolved.isOwnTest ? true : nil,
      computed: (claim.printed == nil ? judged.estimate : judged.value).content,
      computedOf: (resolved.valuePath ?? resolved.regionPath)?.value,
      estimate: hasTwo ? judged.estimate.content : nil, estimateOf: hasTwo ? resolved.regionPath?.value : nil,
      lower: main.interval?.lowerBound, upper: main.interval?.upperBound, intervalUndefined: main.intervalUndefined,
      level: main.level, n: main.count, method: main.method, seed: main.seed, policy: main.policy,
      test: resolved.test, pValue: main.pValue, adjustedPValue: verdict.adjustedPValue, family: claim.family,
      correction: judged.correction, verdict: verdict.statement, reproduced: verdict.reproduction.words,
      reproducedOutcome: claim.expectation.outcome(of: verdict.reproduction),
      reproducedReason: verdict.reproduction.reason, rounding: claim.rounding(of: judged.value)?.remark,
      inference: verdict.inference.words, inferenceOutcome: claim.expectation.outcome(of: verdict.inference),
      inferenceReason: verdict.inference.reason, judgedOn: verdict.basis, severity: claim.severity,
      expectedReproduced: claim.expectation.reproduction, expectedInference: claim.expectation.inference,
      outcome: claim.expectation.outcome(of: verdict), notes: resolved.notes, definition: definition)
  }

  /// What is claimed in words, with a region that no publication names as a test.
  private static func claimed(_ resolved: ResolvedClaim) -> String {
    guard resolved.isOwnTest, let region = resolved.claim.region else { return resolved.claim.words }
    return [resolved.claim.printed?.text, "our test: \(region.words)"].compactMap(\.self).joined(separator: "; ")
  }
}
