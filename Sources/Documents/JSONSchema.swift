/// Writes schemas as JSON Schema, draft 2020-12.
package enum JSONSchema {
  /// The document for a root object; objects inside become `$defs`.
  package static func document(_ root: ObjectSchema, id: String) -> JSONValue {
    var definitions: [JSONMember] = []
    let body = object(root, &definitions)
    definitions.sort { $0.key < $1.key }
    return .object(
      [
        JSONMember(key: "$schema", value: "https://json-schema.org/draft/2020-12/schema"),
        JSONMember(key: "title", value: .string(id)),
      ] + (body.members ?? []) + [JSONMember(key: "$defs", value: .object(definitions))])
  }

  private static func object(_ object: ObjectSchema, _ definitions: inout [JSONMember]) -> JSONValue {
    let properties = object.fields.map { field -> JSONMember in
      var members = schema(field.schema, &definitions).members ?? []
      members.append(JSONMember(key: "description", value: .string(field.summary)))
      if let fallback = field.fallback { members.append(JSONMember(key: "default", value: fallback)) }
      return JSONMember(key: field.key, value: .object(members))
    }
    let required = object.fields.filter(\.isRequired).map { JSONValue.string($0.key) }
    return .object(
      [
        JSONMember(key: "type", value: "object"),
        JSONMember(key: "description", value: .string(object.summary)),
        JSONMember(key: "properties", value: .object(properties)),
      ] + (required.isEmpty ? [] : [JSONMember(key: "required", value: .array(required))])
        + (object.exactlyOne.isEmpty
          ? [] : [JSONMember(key: "oneOf", value: .array(object.exactlyOne.map { ["required": [.string($0)]] }))])
        + [JSONMember(key: "additionalProperties", value: false)])
  }

  private static func schema(_ schema: Schema, _ definitions: inout [JSONMember]) -> JSONValue {
    switch schema {
    case .text: return ["type": ["string", "number", "boolean"], "minLength": 1]
    case .identifier: return ["type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 80]
    case .path: return ["type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$"]
    case .integer(let range):
      var members: [JSONMember] = [JSONMember(key: "type", value: "integer")]
      if range.lowerBound != .min { members.append(JSONMember(key: "minimum", value: .integer(range.lowerBound))) }
      if range.upperBound != .max { members.append(JSONMember(key: "maximum", value: .integer(range.upperBound))) }
      return .object(members)
    case .number(let range, let exclusive):
      var members: [JSONMember] = [JSONMember(key: "type", value: "number")]
      let greatest = Double.greatestFiniteMagnitude
      if range.lowerBound != -greatest {
        members.append(JSONMember(key: exclusive ? "exclusiveMinimum" : "minimum", value: .number(range.lowerBound)))
      }
      if range.upperBound != greatest {
        members.append(JSONMember(key: exclusive ? "exclusiveMaximum" : "maximum", value: .number(range.upperBound)))
      }
      return .object(members)
    case .boolean: return ["type": "boolean"]
    case .word(let words): return ["enum": .array(words.map { .string($0) })]
    case .scalar: return ["type": ["string", "number", "boolean"]]
    case .list(let element, let minimum):
      let items = self.schema(element, &definitions)
      return element.isDistinct
        ? ["type": "array", "items": items, "minItems": .integer(minimum), "uniqueItems": true]
        : ["type": "array", "items": items, "minItems": .integer(minimum)]
    case .map(let value):
      return [
        "type": "object", "additionalProperties": self.schema(value, &definitions),
        "propertyNames": ["pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"],
      ]
    case .texts(let value): return ["type": "object", "additionalProperties": self.schema(value, &definitions)]
    case .object(let definition):
      if !definitions.contains(where: { $0.key == definition.name }) {
        let position = definitions.count
        definitions.append(JSONMember(key: definition.name, value: nil))
        definitions[position].value = object(definition, &definitions)
      }
      return ["$ref": .string("#/$defs/\(definition.name)")]
    case .either(let schemas): return ["anyOf": .array(schemas.map { self.schema($0, &definitions) })]
    }
  }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
  /// An object, keys in the order written.
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { JSONMember(key: $0.0, value: $0.1) })
  }
}
