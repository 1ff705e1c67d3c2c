import Documents
import Forensics

/// How findings are written: by a step with everything that tables show, and among the results by path.
enum FindingRecord {
  /// The output of a step: verdict, reason, numbers with their titles and forms, sections, examples.
  static func json(_ finding: Finding, of check: any ForensicCheck.Type) -> JSONValue {
    .record([
      "kind": .string(check.kind), "meaning": .string(check.meaning), "verdict": .string(finding.verdict.rawValue),
      "reason": finding.reason.map { .string($0) } ?? .null, "numbers": .array(finding.numbers.map(json)),
      "headline": .array(finding.headline.map { .string($0) }),
      "sections": .array(
        finding.sections.map { section in
          [
            "key": .string(section.key), "title": .string(section.title), "row-title": .string(section.rowTitle),
            "omitted": .integer(section.omitted),
            "rows": .array(
              section.rows.map { row in
                [
                  "key": .string(row.key), "title": .string(row.title), "numbers": .array(row.numbers.map(json)),
                ]
              }),
          ]
        }),
      "examples": .array(finding.examples.map { ["title": .string($0.title), "text": .string($0.text)] }),
    ])
  }

  private static func json(_ number: FindingNumber) -> JSONValue {
    let (form, value): (String, JSONValue) =
      switch number.value {
      case .count(let count): ("count", .integer(count))
      case .share(let value): ("share", .finite(value))
      case .small(let value): ("small", .finite(value))
      case .number(let value): ("number", .finite(value))
      case .text(let text): ("text", .string(text))
      case .undefined(let reason): ("undefined", ["undefined": .string(reason)])
      }
    return ["key": .string(number.key), "title": .string(number.title), "form": .string(form), "value": value]
  }

  /// What stands under a check's name among the results: each number by its key, each section with its rows by theirs.
  ///
  /// The step's record follows under `record`: what a table is made from.
  static func values(_ record: JSONValue, title: String) -> JSONValue {
    var members = [JSONMember(key: "title", value: .string(title))]
    for key in ["kind", "verdict", "reason"] {
      guard let value = record[key], value != .null else { continue }
      members.append(JSONMember(key: key, value: value))
    }
    members += values(of: record)
    for section in record["sections"]?.elements ?? [] {
      let rows = (section["rows"]?.elements ?? []).map { row in
        JSONMember(
          key: row["key"]?.string ?? "",
          value: .object([JSONMember(key: "title", value: row["title"] ?? .null)] + values(of: row)))
      }
      members.append(JSONMember(key: section["key"]?.string ?? "", value: .object(rows)))
    }
    members.append(JSONMember(key: "record", value: record))
    return .object(members)
  }

  private static func values(of record: JSONValue) -> [JSONMember] {
    (record["numbers"]?.elements ?? []).map {
      JSONMember(key: $0["key"]?.string ?? "", value: $0["value"] ?? .null)
    }
  }
}
