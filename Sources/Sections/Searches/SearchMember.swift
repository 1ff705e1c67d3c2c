import ArchitectureSearch
import Documents
import Specs
import Tables

/// What a search goes by: a metric, a trivial baseline, or a combination of metrics.
package struct SearchMember: Sendable, Hashable {
  /// Kebab-case name; results are addressed by it.
  package var name: String
  /// The name for people.
  package var title: String
  package var isBaseline: Bool
  /// The metrics combined; the one itself where there is no combination.
  package var parts: [FamilyMember]
  /// How the parts are combined; nil for one metric or baseline.
  package var method: SearchCombination.Method?

  init(_ member: FamilyMember) {
    (name, title, isBaseline, parts) = (member.name, member.title, member.isBaseline, [member])
  }

  init(_ combination: SearchCombination, _ parts: [FamilyMember]) {
    name = combination.name.value
    title = combination.title ?? combination.name.value
    isBaseline = false
    self.parts = parts
    method = combination.by
  }

  /// The name for people in tables, which tells baselines and combinations that see labels apart.
  var label: String {
    isBaseline ? "\(title) (baseline)" : method == .labelledWeights ? "\(title) (sees labels)" : title
  }

  /// Its part of a step's parameters.
  var parameters: JSONValue {
    .record([
      "name": .string(name), "baseline": .bool(isBaseline), "method": .string(method?.rawValue ?? ""),
      "parts": .array(
        parts.map {
          .record(["values": $0.source.parameters, "better": .string(($0.better ?? .higher).rawValue)])
        }),
    ])
  }

  /// The way in which a search chooses by it.
  func choice(_ spec: SearchSpec) -> SearchSettings.Choice {
    switch method {
    case .rankSum: .rankSum
    case .labelledWeights: .labelledWeights
    case nil: spec.choice == .mannWhitney && !isBaseline ? .mannWhitney(alpha: spec.alpha) : .mean
    }
  }
}
