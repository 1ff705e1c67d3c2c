import Documents
import Testing

@testable import Runner
@testable import Sections

struct ValuePathTests {
  @Test func pathsAndFormatsOfValues() throws {
    let results: JSONValue = [
      "m": ["a": ["value": -0.3715, "lower": -0.391, "upper": -0.348], "n": 8794, "u": ["undefined": "why"]]
    ]
    #expect(try ValuePath.number(at: "m.a", in: results) == -0.3715)
    #expect(try ValuePath.number(at: "m.a.lower", in: results) == -0.391)
    #expect(throws: ValueFailure.undefined(path: "m.u", reason: "why")) { try ValuePath.number(at: "m.u", in: results) }
    #expect(throws: ValueFailure.notFound(path: "m.b", parent: "m", key: "b", known: ["a", "n", "u"])) {
      try ValuePath.number(at: "m.b", in: results)
    }
    let value = try #require(ValuePath.value(at: "m.a", in: results))
    let expected = [
      ".3": "−.372", "0.2": "−0.37", "interval .2": "[−.39, −.35]", ".1%": "−37.2 %", "interval": "[−.391, −.348]",
    ]
    for (format, text) in expected { #expect(ValueFormat(format)?.text(of: value) == text, "\(format)") }
    #expect(ValueFormat(nil)?.text(of: 8794) == "8,794")
    #expect(ValueFormat(".1e")?.text(of: 2.04e-7) == "2.0×10⁻⁷" && ValueFormat(".0e")?.text(of: -3e12) == "−3×10¹²")
    #expect(ValueFormat(".1e")?.text(of: 0) == "0")
    for bad in ["3", ".x", "interval 3", ".16", "upper", "e", ".e", "1e"] { #expect(ValueFormat(bad) == nil) }
  }
}
