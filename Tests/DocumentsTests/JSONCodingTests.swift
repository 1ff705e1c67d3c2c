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
    let json = JSONValue(encoding: value)
    #expect(
      json.text()
        == #"{"row-count":3,"title":"é \"x\"","values":{"Some-Name":{"p-value":0.25,"kendall-tau-b":-1,"flag":true},"#
        + #""b":{"kendall-tau-b":{"undefined":"one row"},"flag":true}},"list":[0.1,{"undefined":"none"}],"raw":{"a":[1,null]}}"#
    )
    let again = try DocumentReader.read(Array(json.text().utf8), file: "x", limits: .data)
    #expect(try JSONValue(again).decoded(as: Outer.self) == value)
  }

  @Test func whatIsNotFiniteIsNull() throws {
    let json = JSONValue(encoding: [Double.nan, 1, -.infinity])
    #expect(json.text() == "[null,1,null]")
    #expect(try json.decoded(as: [Double].self).map(\.isFinite) == [false, true, false])
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
}
