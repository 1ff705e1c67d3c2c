import Documents
import Specs

/// Metrics or baselines under a name: what a metric of that name is held against, or the family of tests of that name, whose
/// p-values are adjusted together as those of one statement.
package struct RivalList: Named {
  package var name = Located<String>.unread
  /// The metrics or baselines that pairs are held against.
  package var against: [Located<String>]

  package static let schema = Schema.list(.identifier, minimum: 1)

  package static func read(_ node: DocumentNode, as schema: Schema, _ reading: Reading) -> RivalList? {
    [Located<String>].read(node, as: schema, reading).map { RivalList(against: $0) }
  }

  package var canonical: JSONValue { against.canonical }
}

extension DifferencesPart {
  /// A family of tests: a name, or nil for pairs that the spec puts in none, and its pairs by their places.
  struct Family: Sendable, Hashable {
    var name: String?
    var pairs: [Int]
  }

  /// Names of members that stand in the families, reported where no pair is held against them or two families have it.
  func checkFamilies(_ lookup: inout ColumnLookup) {
    let names = family.members.map(\.name)
    var seen: Set<String> = []
    for name in spec.families.flatMap(\.against) {
      guard names.contains(name.value) else {
        lookup.report(
          name, id: "unknown-metric", "\(spec.name.value) has no metric or baseline \(name.value)", known: names)
        continue
      }
      if !seen.insert(name.value).inserted {
        lookup.report(
          name, id: "duplicate-member", "\(name.value) stands twice in the families of \(spec.name.value)",
          fix: "keep it in one: a p-value is adjusted once")
      } else if !pairs.contains(where: { names[$0.second] == name.value }) {
        lookup.report(
          name, id: "no-pairs", "nothing in \(spec.name.value) is held against \(name.value)",
          fix: "name one that pairs are held against")
      }
    }
  }

  /// The families of tests: those of the spec, then the pairs that are in none of them as one; all pairs are one where the spec
  /// names none.
  var families: [Family] {
    let named = spec.families.map { family in
      let seconds = Set(family.against.map(\.value))
      return Family(
        name: family.name.value,
        pairs: pairs.indices.filter { seconds.contains(self.family.members[pairs[$0].second].name) })
    }
    let taken = Set(named.flatMap(\.pairs))
    let others = pairs.indices.filter { !taken.contains($0) }
    return named + (others.isEmpty ? [] : [Family(name: nil, pairs: others)])
  }

  /// The name of a family among those of the whole analysis, to which claims refer: `part` or `part.family`.
  func address(of family: Family) -> String { family.name.map { "\(name).\($0)" } ?? name }
}
