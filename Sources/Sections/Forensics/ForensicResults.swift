import Documents
import Forensics
import Outcomes
import Pipeline

/// A finding with its kind of check: everything that tables show. Columns stand in it by marks, for which `ColumnMark` puts
/// their titles.
struct FindingRecord: Codable, Sendable, Equatable {
  /// The check's key in a spec.
  var kind: String
  /// The meaning of the verdict `found`, in a sentence that tables print as a note.
  var meaning: String
  var finding: Finding

  private enum Keys: String, CodingKey { case kind, meaning }

  /// Records the finding of a kind of check.
  init(_ finding: Finding, of check: any ForensicCheck.Type) {
    (kind, meaning) = (check.kind, check.meaning)
    self.finding = finding
  }

  /// Reads the members of the finding from the same object.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    kind = try container.decode(String.self, forKey: .kind)
    meaning = try container.decode(String.self, forKey: .meaning)
    finding = try Finding(from: decoder)
  }

  /// Writes the members of the finding into the same object.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(meaning, forKey: .meaning)
    try finding.encode(to: encoder)
  }

  /// The values under a check's name in the results: each number by its key, each section with its rows by theirs, and
  /// all of the record under `record`.
  ///
  /// - Throws: `Reason` when the record cannot be written.
  func values(title: String) throws(Reason) -> JSONValue {
    var members = [
      JSONMember(key: "title", value: .string(title)), JSONMember(key: "kind", value: .string(kind)),
      JSONMember(key: "verdict", value: .string(finding.verdict.rawValue)),
    ]
    if let reason = finding.reason { members.append(JSONMember(key: "reason", value: .string(reason))) }
    members += Self.members(finding.numbers)
    members += finding.sections.map { section in
      let rows = section.rows.map { row in
        JSONMember(key: row.key, value: JSONValue.object(Self.members(row.numbers)).titled(row.title))
      }
      return JSONMember(key: section.key, value: .object(rows))
    }
    return .object(members + [JSONMember(key: "record", value: try JSONValue(encoding: self))])
  }

  private static func members(_ numbers: [FindingNumber]) -> [JSONMember] {
    numbers.map { number in
      let value: JSONValue =
        switch number.value {
        case .estimated(let share): (try? JSONValue(encoding: share)) ?? .finite(share.value)
        case .count(let count): .integer(count)
        case .share(let double), .small(let double), .number(let double): .finite(double)
        case .probability(let probability): probability.json
        case .text(let text): .string(text)
        case .undefined(let reason): ["undefined": .string(reason)]
        }
      return JSONMember(key: number.key, value: value)
    }
  }
}

/// A forensic check of a table, or of one table against another.
struct ForensicStep: ResultStep {
  typealias Output = FindingRecord

  let forensic: ForensicPart
  let kind = StepKind("forensics", version: 6)

  private var check: any ForensicCheck { forensic.spec.check }

  var name: String { "forensics/\(forensic.name)" }

  var inputs: [StepInput] {
    [.table(check.dataset.value)] + (forensic.other.map { [.table($0, as: "other")] } ?? [])
  }

  var parameters: JSONValue {
    .record([
      "check": forensic.spec.canonical, "columns": .array(forensic.columns.map { .string($0.name) }),
    ])
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> FindingRecord {
    let tables = ForensicTables(
      try inputs.table("table").withMarks(.table),
      against: forensic.other == nil ? nil : try inputs.table("other").withMarks(.other))
    return FindingRecord(check.finding(tables), of: type(of: check))
  }
}
