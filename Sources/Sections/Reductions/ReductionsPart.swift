import Documents
import Expressions
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Tables

/// Reduced search spaces with their target and what they are held against.
struct ReductionsPart: AnalysisPart {
  /// How the spec describes them.
  let spec: ReductionSpec
  /// The target.
  let target: ResolvedTarget
  /// The reductions, in order.
  let candidates: [ResolvedCandidate]
  /// Metrics, then baselines.
  let members: [FamilyMember]
  /// Whether rows are in clusters.
  let isClustered: Bool

  /// The name for people.
  var title: String { spec.displayTitle }
  /// What the target is called within a sentence.
  var targetName: String { target.title.lowercasedFirst }

  var name: String { spec.name.value }

  var steps: [any Step] {
    [ReductionStep(reductions: self, candidate: nil)]
      + candidates.map { ReductionStep(reductions: self, candidate: $0) }
  }

  var seed: Int? { spec.interval.seed.value }

  func valueNames(under path: [String]) -> [String]? {
    path.isEmpty ? [ReductionSpec.whole] + candidates.map(\.name) : nil
  }

  var figureColumns: (what: String, names: [String])? { ("reduction", candidates.map(\.name)) }

  /// The whole space, then each reduction, by name; metrics and baselines with their titles.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    var values = [JSONMember(key: ReductionSpec.whole, value: .object(try values(of: nil, inputs)))]
    for candidate in candidates {
      let own: [JSONMember] = [
        JSONMember(key: "title", value: .string(candidate.title)),
        JSONMember(key: "definition", value: .string(candidate.definition)),
      ]
      values.append(JSONMember(key: candidate.name, value: .object(own + (try self.values(of: candidate, inputs)))))
    }
    return .object(values)
  }

  private func values(of candidate: ResolvedCandidate?, _ inputs: StepInputs) throws(Reason) -> [JSONMember] {
    let titles = Dictionary(members.map { ($0.name, $0.title) }) { first, _ in first }
    let found = try inputs.json(ReductionStep(reductions: self, candidate: candidate).name).members ?? []
    return found.map { member in
      member.key == "inside" || member.key == "same-size"
        ? JSONMember(key: member.key, value: member.value.titled(titles)) : member
    }
  }

  func settings(of path: [Substring]) -> ValueSettings {
    let policy = "drop"
    var settings = ValueSettings(spec.interval, isClustered: isClustered, policy: policy)
    if path.contains("random") {
      settings = ValueSettings(method: "all subsets of the same size", level: spec.interval.level, policy: policy)
    } else if path.contains("ties") {
      settings = ValueSettings(
        method: "\(spec.ties.draws) draws among ties, least to greatest", seed: spec.ties.seed.value, policy: policy)
    }
    settings.countKeys = ["n", path.contains { $0.hasPrefix("top-") } ? "total" : "size"]
    return settings
  }

  func table(_ spec: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    switch ReductionSpec.Content(rawValue: spec.content ?? "") ?? .reductions {
    case .reductions: context.reductions(self)
    case .recall: context.recall(self)
    case .sameSize: context.sameSize(self)
    case .inside: context.inside(self)
    case .bestOf: context.bestOf(self)
    case .truncation: context.truncation(self)
    }
  }

  func figureInputs(_ figure: FigureSpec) -> [StepInput] {
    let wanted =
      figure.columns.isEmpty
      ? candidates
      : candidates.filter { candidate in
        figure.columns.contains { $0.value == candidate.name }
      }
    let names = ([nil] + wanted).map { ReductionStep(reductions: self, candidate: $0).name }
    return (figure.kind == .distributions ? [.table(target.dataset)] : [])
      + names.map { StepInput($0, from: $0) }
  }

  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    switch source.spec.kind {
    case .distributions: try source.distributions(self, inputs)
    case .inside: try source.inside(self, inputs)
    default: try source.recall(self, inputs)
    }
  }
}

/// A reduced search space.
package struct ResolvedCandidate: Sendable, Hashable {
  /// A column of a ranking.
  package struct RankedColumn: Sendable, Hashable {
    /// The column.
    package var name: String
    /// The name for people.
    package var title: String
    /// Which end is better.
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

  /// What is kept, in words.
  var definition: String {
    guard let top, !by.isEmpty else { return rule?.text ?? "" }
    let size = top < 1 ? "\(NumberText.compact(top * 100)) %" : NumberText.compact(top)
    let order = by.map { "\($0.title)\($0.better == .lower ? " (lower first)" : "")" }.joined(separator: ", then ")
    return "top \(size) by \(order)" + (rule.map { " where \($0.text)" } ?? "")
  }

  /// Its part of a step's parameters.
  var parameters: JSONValue {
    .record([
      "rule": .string(rule?.text ?? ""), "top": top.map { .number($0) } ?? .null,
      "by": .array(by.map { .string("\($0.name) \($0.better.rawValue)") }),
    ])
  }
}
