import Diagnostics
import Testing

@testable import Documents

@Suite struct SchemaTests {
  private let schema = ObjectSchema(
    "thing", "A thing.",
    fields: [
      .required("name", .identifier, "Its name."),
      .optional("size", .integer(1...9), "Its size.", fallback: 3),
      .optional(
        "kind", .either([.word(["round", "square"]), .list(.number(0...1, exclusive: true), minimum: 1)]), "Its kind."),
    ])

  private func problems(_ text: String) throws -> [String] {
    var validator = SchemaValidator()
    validator.check(try DocumentReader.read(Array(text.utf8), file: "f"), against: .object(schema), name: "thing")
    return validator.problems.map(\.id)
  }

  @Test(
    arguments: [
      ("{name: a-b, size: 9, kind: round}", []), ("{name: a, kind: [0.5]}", []), ("{size: 3}", ["missing-key"]),
      ("{name: A b, size: 10}", ["bad-name", "out-of-range"]), ("{name: a, szie: 3}", ["unknown-key"]),
      ("{name: a, kind: ruond}", ["unknown-word"]), ("{name: a, kind: [0]}", ["out-of-range"]),
      ("{name: a, kind: []}", ["too-few"]), ("{name: a, kind: {b: 1}}", ["wrong-type"]), ("[1]", ["wrong-type"]),
      ("{name: a, size: 2.5}", ["wrong-type"]), ("{name: null}", ["wrong-type"]),
    ] as [(String, [String])])
  func everyProblemIsFound(_ pair: (String, [String])) throws { #expect(try problems(pair.0) == pair.1) }

  @Test func theJSONSchemaSaysTheSame() {
    let text = JSONSchema.document(schema, id: "thing").text()
    #expect(text.contains(#""required":["name"],"additionalProperties":false"#))
    #expect(text.contains(#""size":{"type":"integer","minimum":1,"maximum":9,"description":"Its size.","default":3}"#))
    #expect(text.contains(#"{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1}"#))
  }

  @Test func canonicalTextOfNumbers() {
    #expect(JSONValue.numberText(0.1) == "0.1")
    #expect(JSONValue.numberText(-0.0) == "0")
    #expect(JSONValue.numberText(1e300) == "1e+300")
    #expect(JSONValue.numberText(.nan) == "null")
    #expect(JSONValue.numberText(123456) == "123456")
    #expect(JSONValue.string("</script>\u{1}").text() == #""\u003c/script\u003e\u0001""#)
  }
}
