import Diagnostics
import Testing

@testable import Documents

/// A mapping that uses every kind of field.
private struct Sampled: Keyed, Named {
  enum Order: String, FieldWord {
    case ascending
    case descending
  }

  struct Inner: Keyed {
    var seed = Seed()
    var width = 0.5

    static let definition = "inner"
    static let summary = "Inside."
    static let fields: [Field<Inner>] = [
      .optional("seed", \.seed, "A seed."),
      .optional("width", \.width, "A width.", .number(0...1, exclusive: true)),
    ]
  }

  var name = Located<String>.unread
  var title: String?
  var dataset = Located<String>.unread
  var columns: [Located<String>] = []
  var count = 7
  var order = Order.ascending
  var seed = Seed()
  var inner: Inner?
  var always = Inner()
  var shares: [Double] = [1, 0.5]

  static let definition = "sampled"
  static let summary = "A sample."
  static let fields: [Field<Sampled>] = [
    .title(\.title), .table("dataset", \.dataset),
    .columns("columns", \.columns, "The columns.", isNumeric: true, orOne: true),
    .optional("count", \.count, "How many.", .integer(1...10)), .optional("order", \.order, "Which way."),
    .optional("seed", \.seed, "Its seed."),
    .optional("inner", \.inner, "Inside, or none.", .either([.word(["none"]), Inner.schema])),
    .optional("always", \.always, "Inside."), .optional("shares", \.shares, "Shares."),
  ]
}

struct KeyedTests {
  private func read(_ text: String) throws -> Sampled {
    let node = try DocumentReader.read(Array(text.utf8), file: "f.yaml", limits: .spec)
    return try #require(Sampled.read(node, as: Sampled.schema, Reading(SourceText(text, file: "f.yaml"))))
  }

  @Test func keysAreReadIntoTheirProperties() throws {
    let made = try read(
      "{title: T, dataset: d, columns: a, count: 3, order: descending, seed: 5, inner: {seed: 6, width: .25}, shares: [.1]}"
    )
    #expect(made.title == "T" && made.dataset.value == "d" && made.columns.map(\.value) == ["a"] && made.count == 3)
    #expect(
      made.order == .descending && made.seed.value == 5 && made.inner?.seed.value == 6 && made.inner?.width == 0.25)
    #expect(made.shares == [0.1] && made.always == Sampled.Inner())
    #expect(made.dataset.location == SourceLocation(file: "f.yaml", line: 1, column: 21))
  }

  @Test func whatDoesNotFitLeavesTheDefault() throws {
    let made = try read("{dataset: 3.5, count: 11, order: sideways, seed: -1, inner: {width: 1}, shares: [x]}")
    #expect(made == Sampled { $0.inner = Sampled.Inner() })
  }

  @Test func aWordStandsForNone() throws {
    #expect(try read("{dataset: d, inner: none}").inner == nil)
  }

  @Test func everyKeyButTextsForPeopleIsCanonical() throws {
    let made = try read("{title: T, dataset: d, columns: [a, b]}")
    #expect(
      made.canonical.text()
        == #"{"dataset":"d","columns":["a","b"],"count":7,"order":"ascending","seed":1,"inner":null,"#
        + #""always":{"seed":1,"width":0.5},"shares":[1,0.5]}"#)
    #expect(made.canonical(except: ["dataset", "always"])["always"] == nil)
  }

  @Test func aGivenSeedReachesEverySeed() throws {
    var made = try read("{dataset: d, seed: 5, inner: {seed: 6}}")
    made.reseed(77)
    #expect(made.seed.value == 77 && made.inner?.seed.value == 77 && made.always.seed.value == 77)
  }

  @Test func namesSayWhatTheyAreOf() throws {
    let names = try read("{dataset: d, columns: [a]}").names
    #expect(names.map(\.name.value) == ["d", "a"])
    #expect(names.map(\.target) == [.table(.own), .column(.own, isNumeric: true)])
  }

  @Test func theSchemaHasTheDefaults() {
    let fields = Dictionary(uniqueKeysWithValues: Sampled.keys.object.fields.map { ($0.key, $0) })
    #expect(fields["count"]?.fallback == 7 && fields["order"]?.fallback == "ascending")
    #expect(fields["shares"]?.fallback?.text() == "[1,0.5]" && fields["inner"]?.fallback == .none)
    #expect(fields["dataset"]?.isRequired == true && fields["columns"]?.fallback == .none)
  }

  @Test func entriesKnowTheirNames() throws {
    let text = "{one: {dataset: d}, two: {dataset: e}}"
    let node = try DocumentReader.read(Array(text.utf8), file: "f.yaml", limits: .spec)
    let made = Entries<Sampled>.read(node, as: Entries<Sampled>.schema, Reading(SourceText(text, file: "f.yaml")))
    #expect(made?.map(\.name.value) == ["one", "two"] && made?.map(\.dataset.value) == ["d", "e"])
  }
}
