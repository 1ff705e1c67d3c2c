import Diagnostics
import Documents
import Foundation
import Outcomes
import Sections
import TestSupport
import Testing

@testable import Specs

/// The documentation says what the tool reads.
struct DocumentationTests {
  private let shape = AnalysisShape(language: SectionCatalog.language).root

  @Test func tablesOfKeysAreMadeAnew() throws {
    let tables = KeyTables(SectionCatalog.language)
    let made = try tables.renewed("Text\n<!-- keys: ties -->\nold\n<!-- end of keys -->\nafter\n")
    #expect(
      made == """
        Text
        <!-- keys: ties -->
        | *ties* | value | default | |
        |---|---|---|---|
        | `draws` | 1 … 10000 | `100` | Ways tried. |
        | `seed` | whole number from 0 | `1` | Seed. |
        <!-- end of keys -->
        after

        """)
    #expect(try tables.renewed(made) == made)
    #expect(throws: Reason("there is no mapping knots to list the keys of")) {
      try tables.renewed("<!-- keys: knots -->\n<!-- end of keys -->")
    }
    #expect(throws: Reason.self) { try tables.renewed("<!-- keys: ties -->\n") }
  }

  @Test func everySectionHasItsTableOfKeys() throws {
    let text = try String(contentsOfFile: checkout + "/docs/analyses.md", encoding: .utf8)
    let isCurrent = try KeyTables(SectionCatalog.language).renewed(text) == text
    #expect(isCurrent, "`make docs` makes the tables anew")
    for field in shape.fields {
      for object in Self.objects(in: field.schema) where !object.name.hasPrefix("figure-") {
        let hasTable = text.contains("<!-- keys: \(object.name) -->")
        #expect(hasTable, "\(object.name)")
      }
    }
  }

  /// The mappings of a key that a reader fills in, wrappers of a single key left out.
  private static func objects(in schema: Schema) -> [ObjectSchema] {
    switch schema {
    case .list(let element, _): objects(in: element)
    case .map(let value), .texts(let value): objects(in: value)
    case .either(let schemas): schemas.flatMap { objects(in: $0) }
    case .object(let object):
      object.name.hasPrefix("forensic-") || object.name.hasSuffix("-cell")
        ? object.fields.filter(\.isRequired).flatMap { objects(in: $0.schema) } : [object]
    default: []
    }
  }

  /// Every example of YAML in a document, blocks and code in a line, with its line.
  private func examples(in path: String) throws -> [(line: Int, text: String)] {
    var found: [(line: Int, text: String)] = []
    var block: (line: Int, lines: [Substring])?
    let text = try String(contentsOfFile: checkout + "/" + path, encoding: .utf8)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let open = block {
        if line == "```" {
          found.append((open.line, open.lines.joined(separator: "\n")))
          block = nil
        } else {
          block?.lines.append(line)
        }
      } else if line == "```yaml" {
        block = (index + 2, [])
      } else {
        for match in line.matches(of: /`([a-z-]+: \{[^`]*\})`/) { found.append((index + 1, String(match.output.1))) }
      }
    }
    return found
  }

  @Test(arguments: ["docs/analyses.md", "README.md"])
  func examplesFitTheSchema(_ path: String) throws {
    let examples = try examples(in: path)
    var count = 0
    for example in examples {
      let file = "\(path):\(example.line)"
      let node = try DocumentReader.read(Array(example.text.utf8), file: file, limits: .spec)
      let entries = node.entries ?? []
      guard entries.allSatisfy({ entry in shape.fields.contains { $0.key == entry.key } }) else { continue }
      count += 1
      for entry in entries {
        var validator = SchemaValidator()
        let schema = try #require(shape.fields.first { $0.key == entry.key }).schema
        validator.check(entry.value, against: schema, name: entry.key)
        #expect(validator.problems.map { "\($0)" } == [], "\(file)")
      }
    }
    #expect(path == "README.md" || count > 12)
  }
}
