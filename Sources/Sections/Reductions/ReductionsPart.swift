import Documents
import Expressions
import Figures
import Outcomes
import Pipeline
import Reductions
import Specs
import Statistics
import Tables

/// Reduced search spaces with their target, and the metrics and baselines that they are held against.
struct ReductionsPart: DrawnPart {
  let spec: ReductionSpec
  let target: ResolvedTarget
  /// The reductions, in order.
  let candidates: [ResolvedCandidate]
  /// Metrics, then baselines.
  let members: [FamilyMember]
  /// What one of the units is called that are drawn; nil when rows are.
  let unit: UnitNoun?

  var title: String { spec.displayTitle }
  /// The target's title with a small first letter, for use within a sentence.
  var targetName: String { target.title.lowercasedFirst }

  var name: String { spec.name.value }

  var whole: WholeSpaceStep { WholeSpaceStep(reductions: self) }
  func step(_ candidate: ResolvedCandidate) -> ReductionStep {
    ReductionStep(reductions: self, candidate: candidate)
  }
  var steps: [any Step] { [whole] + candidates.map { step($0) } }

  var seed: Int? { spec.interval.seed.value }
  var drawnTable: String? { target.dataset }
  var ignoresUnits: Bool { !spec.interval.clustered }

  func valueNames(under path: [String]) -> [String]? {
    path.isEmpty ? [ReductionSpec.whole] + candidates.map(\.name) : nil
  }

  var figureColumns: (what: String, names: [String])? { ("reduction", candidates.map(\.name)) }

  /// The whole space, then each reduction, by name; metrics and baselines with their titles.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    var values = [JSONMember(key: ReductionSpec.whole, value: .object(titled(try inputs.json(whole.name))))]
    for candidate in candidates {
      let own: [JSONMember] = [
        JSONMember(key: "title", value: .string(candidate.title)),
        JSONMember(key: "definition", value: .string(candidate.definition)),
      ]
      let found = titled(try inputs.json(step(candidate).name))
      values.append(JSONMember(key: candidate.name, value: .object(own + found)))
    }
    return .object(values)
  }

  private func titled(_ output: JSONValue) -> [JSONMember] {
    let titles = Dictionary(members.map { ($0.name, $0.title) }) { first, _ in first }
    return (output.members ?? []).map { member in
      member.key == "inside" || member.key == "same-size"
        ? JSONMember(key: member.key, value: member.value.titled(titles)) : member
    }
  }

  func missingPolicy(of _: [Substring]) -> String? { MissingPolicy.drop.rawValue }

  /// The outputs of its steps.
  struct Outputs {
    /// A space, reduced or not.
    struct Space {
      let title: String
      /// Correlations and reliability inside the space; nil for a reduction without measures.
      let inside: InsideResults?
      /// The expected best of a number of draws.
      let bestOf: (Int) -> Outcome<Double>?
    }

    let whole: WholeSpaceResults
    let reductions: [(candidate: ResolvedCandidate, results: ReductionResults)]

    /// The whole space, then each reduction.
    var spaces: [Space] {
      let described = whole.described.value
      return [Space(title: "whole space", inside: whole.inside, bestOf: { described?.bestOf[$0] })]
        + reductions.map { candidate, results in
          let measures = results.measures.value
          return Space(
            title: candidate.title, inside: measures?.inside, bestOf: { measures?.bestOf[$0]?.value.value })
        }
    }
  }

  /// The outputs for the whole space and some reductions.
  func outputs(_ inputs: StepInputs, _ candidates: [ResolvedCandidate]) throws(Reason) -> Outputs {
    var reductions: [(candidate: ResolvedCandidate, results: ReductionResults)] = []
    for candidate in candidates { reductions.append((candidate, try inputs.output(of: step(candidate)))) }
    return Outputs(whole: try inputs.output(of: whole), reductions: reductions)
  }
}

/// A reduced search space.
package struct ResolvedCandidate: Sendable, Hashable {
  /// A column of a ranking.
  package struct RankedColumn: Sendable, Hashable {
    /// The column's name.
    package var name: String
    /// The name for people.
    package var title: String
    /// The better end, which comes first in the ranking.
    package var better: Direction
  }

  /// The name in the analysis.
  package var name: String
  /// The name for people.
  package var title: String
  /// The rule; nil when every row is ranked.
  package var rule: Expression?
  /// The size of the top: a count, or a share below 1; nil without a ranking.
  package var top: Double?
  /// The ranking: its first column, ties broken by the next; empty without one.
  package var by: [RankedColumn]

  /// The definition in words: the text of the rule, or `top 10 % by …` with the titles of the columns and any rule.
  var definition: String {
    guard let top, !by.isEmpty else { return rule?.text ?? "" }
    let order = by.map { "\($0.title)\($0.better == .lower ? " (lower first)" : "")" }.joined(separator: ", then ")
    return "top \(TopSpec.label(top)) by \(order)" + (rule.map { " where \($0.text)" } ?? "")
  }

  /// Its part of a step's parameters.
  var parameters: JSONValue {
    .record([
      "rule": .string(rule?.text ?? ""), "top": top.map { .number($0) } ?? .null,
      "by": .array(by.map { .string("\($0.name) \($0.better.rawValue)") }),
    ])
  }
}

/// Reads target, rankings and members of reductions from a table.
struct ReductionColumns {
  let reductions: ReductionsPart
  let table: Table
  let target: ReductionTarget

  init(_ reductions: ReductionsPart, _ table: Table) throws(Reason) {
    self.reductions = reductions
    self.table = table
    let column = try table.column(reductions.target.column)
    let clusters = reductions.unit != nil ? table.clusters : nil
    try column.requireExact()
    do throws(Reason) {
      target = try ReductionTarget(
        column.numbers, higherIsBetter: reductions.target.better == .higher, clusters: clusters)
    } catch {
      throw Reason("\(reductions.target.column): \(error.text)")
    }
  }

  /// The places that a reduction keeps.
  func membership(_ candidate: ResolvedCandidate) throws(Reason) -> Outcome<Membership> {
    var kept: [Int]?
    var rule: Membership?
    if let expression = candidate.rule {
      let values = expression.values(in: table)
      let members = Membership(rule: target.rows.map { values[$0] })
      kept = members.certain
      rule = members
    }
    guard let top = candidate.top else { return .success(rule ?? Membership(kept: [])) }
    let scores = try scores(candidate)
    do throws(Reason) {
      return .success(
        try Membership(
          top: target.count(of: top), of: scores, among: kept,
          unscored: "no \(candidate.by.map(\.name).joined(separator: " or "))"))
    } catch {
      return .failure(error)
    }
  }

  /// A reduction as it is applied to resamples.
  func selection(_ candidate: ResolvedCandidate) throws(Reason) -> RecallResamples.Selection {
    var isKept = [Bool](repeating: true, count: target.count)
    if let expression = candidate.rule {
      let values = expression.values(in: table)
      isKept = target.rows.map { values[$0].truth == true }
    }
    guard let top = candidate.top else { return .rule(isKept) }
    let scores = try scores(candidate)
    return .top(top, scores: target.rows.indices.map { isKept[$0] ? scores[$0] : nil })
  }

  /// The scores that a reduction ranks by, larger better, by place.
  private func scores(_ candidate: ResolvedCandidate) throws(Reason) -> [Double?] {
    let columns = zip(candidate.by, try table.columns(candidate.by.map(\.name))).map { ranked, column in
      column.offsets.values.map { value in value.map { ranked.better == .lower ? -$0 : $0 } }
    }
    return target.values(of: columns.count == 1 ? columns[0] : Lexicographic.scores(columns))
  }

  /// The scores of a member, larger better, by place.
  func scores(_ member: FamilyMember) throws(Reason) -> [Double?] {
    try values(member).map { value in value.map { member.better == .lower ? -$0 : $0 } }
  }

  /// The values of a member at the places, as they are.
  func values(_ member: FamilyMember) throws(Reason) -> [Double?] {
    target.values(of: try member.source.numbers(in: table))
  }

  /// The top of a member's ranking in its declared direction.
  func top(_ member: FamilyMember, size: Int) throws(Reason) -> Outcome<Membership> {
    let scores = try scores(member)
    do throws(Reason) { return .success(try Membership(top: size, of: scores)) } catch { return .failure(error) }
  }

  /// The settings of `ReductionEvaluation`, from the spec.
  var settings: ReductionSettings {
    let spec = reductions.spec
    return ReductionSettings(
      tops: spec.top, draws: spec.draws, truncation: spec.truncation,
      interval: spec.interval.settings,
      tieDraws: spec.ties.draws, tieSeed: spec.ties.seed.bits)
  }
}
