import Diagnostics
import Documents
import Expressions
import Specs

/// A value of a spec, or of what was looked up for it, as JSON: every stored property under its name, so that a key made
/// from it cannot leave one out.
///
/// Places in files are left out, because they decide nothing; so is what is nil. Sets and dictionaries stand in the order of
/// their texts, expressions and formulas in their canonical form.
package enum Described {
  package static func json(_ value: Any) -> JSONValue {
    if let scalar = scalar(value) { return scalar }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.map { json($0.value) } ?? .null
    case .collection: return .array(mirror.children.map { json($0.value) })
    case .set: return .array(mirror.children.map { json($0.value) }.sorted { $0.text() < $1.text() })
    case .dictionary:
      // Keys are texts of any kind, which names of fields are not.
      let entries = mirror.children.map { entry -> JSONValue in
        .array(Mirror(reflecting: entry.value).children.map { json($0.value) })
      }
      return .array(entries.sorted { $0.text() < $1.text() })
    case .enum:
      guard let payload = mirror.children.first else { return .string("\(value)") }
      return .object([JSONMember(key: payload.label ?? "", value: json(payload.value))])
    default: return object(mirror)
    }
  }

  private static func scalar(_ value: Any) -> JSONValue? {
    switch value {
    case let text as String: .string(text)
    case let flag as Bool: .bool(flag)
    case let whole as Int: .integer(whole)
    case let number as Double: number.isFinite ? .number(number) : .string("\(number)")
    case let seed as Seed: .integer(seed.value)
    case let expression as Expression: .string(expression.text)
    case let expression as LocatedExpression: .string(expression.expression?.text ?? expression.text)
    case let known as any KnownByText: .string(known.keyText)
    case let word as any RawRepresentable: (word.rawValue as? String).map { .string($0) }
    default: nil
    }
  }

  /// The properties of a structure; of a located value that value alone.
  private static func object(_ mirror: Mirror) -> JSONValue {
    let kept = mirror.children.filter { !($0.value is SourceLocation) }
    let members = kept.map { JSONMember(key: $0.label ?? "", value: json($0.value)) }.filter { $0.value != .null }
    if kept.count == 1, kept.count < mirror.children.count, let only = members.first, only.key == "value" {
      return only.value
    }
    return .object(members)
  }
}
