import Outcomes
import Testing

@testable import Documents

struct JSONCodingTests {
  struct Inner: Codable, Equatable, Sendable {
    var pValue: Double?
    var kendallTauB: Outcome<Double>
    var flag = true
  }

  struct Outer: Codable, Equatable {
    var rowCount: Int
    var title: String
    var values: NamedValues<Inner>
    var list: [Outcome<Double>]
    var raw: JSONValue
  }

  private let value = Outer(
    rowCount: 3, title: "é \"x\"",
    values: NamedValues([
      ("Some-Name", Inner(pValue: 0.25, kendallTauB: .success(-1))),
      ("b", Inner(pValue: nil, kendallTauB: .failure(Reason("one row")))),
    ]), list: [.success(0.1), .failure(Reason("none"))], raw: ["a": [1, nil]])

  @Test func aValueIsReadAsItWasWritten() throws {
    let json = try JSONValue(encoding: value)
    #expect(
      json.text()
        == #"{"row-count":3,"title":"é \"x\"","values":{"Some-Name":{"p-value":0.25,"kendall-tau-b":-1,"flag":true},"#
        + #""b":{"kendall-tau-b":{"undefined":"one row"},"flag":true}},"list":[0.1,{"undefined":"none"}],"raw":{"a":[1,null]}}"#
    )
    let again = try DocumentReader.read(Array(json.text().utf8), file: "x", limits: .data)
    #expect(try JSONValue(again).decoded(as: Outer.self) == value)
  }

  @Test func whatIsNotFiniteIsNull() throws {
    let json = try JSONValue(encoding: [Double.nan, 1, -.infinity])
    #expect(json.text() == "[null,1,null]")
    #expect(try json.decoded(as: [Double].self).map(\.isFinite) == [false, true, false])
  }

  /// Types of the standard library beside `Int` and `Double`, which know only how to hand themselves on.
  @Test func numbersOfAllWidthsHaveAPlace() throws {
    struct Widths: Codable, Equatable {
      var seed: UInt64 = 7
      var byte: Int8 = -3
      var single: Float = 0.5
    }
    let json = try JSONValue(encoding: Widths())
    #expect(json.text() == #"{"seed":7,"byte":-3,"single":0.5}"#)
    #expect(try json.decoded(as: Widths.self) == Widths())
    #expect(throws: Reason("the whole number 18446744073709551615 is out of range")) {
      try JSONValue(encoding: Widths(seed: .max))
    }
    #expect(throws: Reason("the stored value 0 does not fit: it should be UInt8")) {
      try JSONValue.array([256]).decoded(as: [UInt8].self)
    }
  }

  @Test func whatDoesNotFitIsNamedWithItsPath() {
    #expect(throws: Reason("the stored value values.b.flag is missing")) {
      try JSONValue.object([
        JSONMember(key: "row-count", value: 1), JSONMember(key: "title", value: ""),
        JSONMember(key: "values", value: ["b": ["kendall-tau-b": 1]]),
      ]).decoded(as: Outer.self)
    }
    #expect(throws: Reason("the stored value 1 does not fit: it should be Int")) {
      try JSONValue.array([1, "x"]).decoded(as: [Int].self)
    }
  }

  struct Joined: Codable, Equatable {
    var first: Int
    @Inlined var inner: Outcome<Inner>
    @Inlined var named: Prefixed
    @Nullable var last: Int?
  }

  /// Values under names that begin alike.
  struct Prefixed: Codable, Equatable, Sendable {
    var values: NamedValues<Int>
    init(_ values: NamedValues<Int>) { self.values = values }
    init(from decoder: any Decoder) throws { values = try NamedValues(from: decoder) { $0.hasPrefix("top-") } }
    func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
  }

  @Test(arguments: [
    (Outcome.success(Inner(pValue: 1, kendallTauB: .success(2))), #""p-value":1,"kendall-tau-b":2,"flag":true"#),
    (.failure(Reason("none")), #""undefined":"none""#),
  ])
  func inlinedValuesStandInTheObjectAroundThem(_ inner: Outcome<Inner>, _ members: String) throws {
    let value = Joined(first: 1, inner: inner, named: Prefixed(NamedValues([("top-5", 7)])), last: nil)
    let json = try JSONValue(encoding: value)
    #expect(json.text() == #"{"first":1,\#(members),"top-5":7,"last":null}"#)
    #expect(try json.decoded(as: Joined.self) == value)
  }

  /// Half a document is never made.
  @Test func whatHasNoPlaceIsNotWritten() {
    struct Beside: Encodable {
      var first = 1
      @Inlined var second: Int
    }
    #expect(throws: Reason("2 has no members to stand among those of an object")) {
      try JSONValue(encoding: Beside(second: 2))
    }
    struct Twice: Encodable {
      var first = 1
      @Inlined var named: NamedValues<Int>
    }
    #expect(throws: Reason("an object would have two members first")) {
      try JSONValue(encoding: [Twice(named: NamedValues([("first", 2)]))])
    }
  }
}
