import Documents
import Forensics
import Specs

/// A forensic check of a dataset: one of the catalogue under the name of its kind, and a title.
package struct ForensicSpec: ComputedSection {
  /// The words of `content` in the specs of its tables; without one, `finding`.
  enum Content: String, CaseIterable {
    case finding, details
  }

  package var name = Located<String>.unread
  package var title: String?
  /// The check of the catalogue, with its settings.
  package var check: any ForensicCheck

  package static let kind = SectionKind(
    "forensics", noun: "forensic check", "Checks for repeats, copies, missing rows and other traces, by name.",
    contents: Content.allCases.map(\.rawValue), overview: "findings")

  package static var schema: Schema {
    .either(
      ForensicCatalog.all.map { check in
        .object(
          ObjectSchema(
            "forensic-\(check.kind)", check.summary,
            fields: [.required(check.kind, check.schema, "Settings."), .optional("title", .text, "Name for people.")]))
      })
  }

  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> ForensicSpec? {
    func read<Check: ForensicCheck>(_ type: Check.Type) -> ForensicSpec? {
      node[type.kind].flatMap { Check.read($0, as: Check.schema, reading) }.map {
        ForensicSpec(title: node["title"]?.text, check: $0)
      }
    }
    for type in ForensicCatalog.all where node[type.kind] != nil { return read(type) }
    return nil
  }

  package var canonical: JSONValue {
    .object([JSONMember(key: type(of: check).kind, value: check.canonical)])
  }
  package var names: [NameReference] { check.names }
  package mutating func reseed(_ seed: Int) { check.reseed(seed) }
  package var details: [String]? { check.details }
  package func check(_ checks: inout AnalysisChecks) { check.check(name, &checks) }

  package static func == (left: ForensicSpec, right: ForensicSpec) -> Bool {
    left.name == right.name && left.title == right.title && left.canonical == right.canonical
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(canonical)
  }

  package func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? {
    guard let table = lookup.table(check.dataset) else { return nil }
    let chosen = check.selection.map { selection in
      lookup.columns(selection, of: check.dataset, in: table, numeric: type(of: check).selectsNumbers)
    }
    let other = names.lazy.compactMap { if case .table(.other) = $0.target { $0.name } else { nil } }.first
    return ForensicPart(
      spec: self, columns: chosen ?? [], known: table.columns, knownOfOther: lookup.table(other)?.columns ?? [],
      other: other?.value)
  }
}
