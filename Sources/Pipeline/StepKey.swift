import Documents
import Files

/// Everything that a step is computed from, as a canonical text and its SHA-256. Two steps with the same key have the same
/// output.
package struct StepKey: Sendable, Hashable {
  /// One `field: value` a line, in a fixed order.
  package let text: String
  /// SHA-256 of the text, 64 hexadecimal digits.
  package let digest: String

  /// Makes the key of a step.
  ///
  /// - Parameters:
  ///   - kind: The name and version of the computation.
  ///   - parameters: The settings of the step: an object, flattened to dotted fields.
  ///   - sources: Digests of files outside the store, by label.
  ///   - inputs: Digests of other steps' artifacts, by the input's name.
  package init(kind: StepKind, parameters: JSONValue, sources: [KeyField], inputs: [KeyField]) {
    self.init(settings: Self.settings(kind, parameters), sources: sources, inputs: inputs)
  }

  /// Makes the key of a step whose `settings` are known.
  init(settings: [KeyField], sources: [KeyField], inputs: [KeyField]) {
    var fields = settings
    fields += sources.map { KeyField("source.\($0.name)", $0.value) }
    fields += inputs.map { KeyField("input.\($0.name)", $0.value) }
    text = fields.map { "\($0.name): \($0.value)\n" }.joined()
    digest = SHA256.hexDigest(text)
  }

  /// The fields that are known before anything has run: those of the kind and of the parameters.
  static func settings(_ kind: StepKind, _ parameters: JSONValue) -> [KeyField] {
    var fields = [KeyField("kind", kind.name), KeyField("version", String(kind.version))]
    flatten(parameters, prefix: "parameters", into: &fields)
    return fields
  }

  private static func flatten(_ value: JSONValue, prefix: String, into fields: inout [KeyField]) {
    switch value {
    case .object(let members):
      for member in members { flatten(member.value, prefix: "\(prefix).\(member.key)", into: &fields) }
    case .array(let elements) where elements.contains { $0.members != nil }:
      for (index, element) in elements.enumerated() { flatten(element, prefix: "\(prefix).\(index)", into: &fields) }
    default: fields.append(KeyField(prefix, value.text()))
    }
  }
}

/// A named field of a key.
package struct KeyField: Sendable, Hashable {
  /// Dotted name.
  package var name: String
  /// One line of text.
  package var value: String

  /// Creates a field.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// The fields of a key's text.
  package static func fields(of text: String) -> [KeyField] {
    text.split(separator: "\n").compactMap { line in
      guard let colon = line.range(of: ": ") else { return nil }
      return KeyField(String(line[..<colon.lowerBound]), String(line[colon.upperBound...]))
    }
  }
}

/// A field whose value differs between two keys.
package struct FieldChange: Sendable, Hashable {
  /// Dotted name.
  package var field: String
  /// The value before; nil when the field is new.
  package var old: String?
  /// The value now; nil when the field is gone.
  package var new: String?

  /// The fields that differ between two key texts, in the order of the new one, those gone last.
  package static func between(_ old: String, _ new: String) -> [FieldChange] {
    let before = KeyField.fields(of: old)
    let after = KeyField.fields(of: new)
    let known = Dictionary(before.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    let names = Set(after.map(\.name))
    let changed = after.compactMap { field in
      known[field.name] == field.value ? nil : FieldChange(field: field.name, old: known[field.name], new: field.value)
    }
    return changed
      + before.filter { !names.contains($0.name) }.map { FieldChange(field: $0.name, old: $0.value, new: nil) }
  }
}
