import Diagnostics
import Testing

@testable import Documents

@Suite struct SourceTextTests {
  /// The source's scalar at the place of each scalar of a value that is no blank.
  private func found(_ yaml: String, _ key: String = "a") throws -> (text: String, found: String) {
    let node = try #require(try DocumentReader.read(Array(yaml.utf8), file: "f", limits: .spec)[key])
    let text = try #require(node.text)
    let places = SourceText(yaml, file: "f").places(ofScalar: text, from: node.location)
    #expect(places.count == text.unicodeScalars.count)
    let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
    let pairs = zip(text.unicodeScalars, places).filter { !$0.0.properties.isWhitespace }
    return (
      String(String.UnicodeScalarView(pairs.map(\.0))),
      String(String.UnicodeScalarView(pairs.map { lines[$0.1.line - 1][$0.1.column - 1] }))
    )
  }

  @Test(arguments: [
    "a: depth == 4", "a: \"depth == 4\"", "b: 1\na: 'x == ''é'' or y'", "a: \"x == \\\"é\\\" and y\"",
    "a: >\n  x == 4\n  and y\n\n  or z\n", "a: |\n    \"SA\" == x\n    and y\n", "a: \"x ==\n    4 and\\\n  y\"",
    "a: x ==\n   4", "a: '''SA'' == x'", "{b: 1, a: \"x in [1, 2]\"}", "a: >-\n  'it' == x\n",
  ])
  func everyScalarIsFound(_ yaml: String) throws {
    let pair = try found(yaml)
    #expect(pair.text == pair.found)
  }

  /// From an escape on the place before it stands for all.
  @Test func escapesEndTheSearch() throws {
    let source = SourceText(#"a: "x \u0041 y""#, file: "f")
    let places = source.places(ofScalar: "x A y", from: SourceLocation(file: "f", line: 1, column: 4))
    #expect(places.map(\.column) == [5, 6, 5, 5, 5])
  }

  @Test func placesOutsideOfTheSource() {
    let source = SourceText("abc", file: "f")
    for place in [SourceLocation(file: "f", line: 9, column: 1), SourceLocation(file: "f", line: 0, column: -4)] {
      #expect(source.places(ofScalar: "xy", from: place) == [place, place])
    }
    #expect(source.places(ofScalar: "", from: SourceLocation(file: "f", line: 1)).isEmpty)
  }
}
