import Diagnostics
import Documents

/// Builds claims from their nodes, in analyses and in claims files, leaving out what does not fit their shape.
enum ClaimBuilder {
  /// - Parameter paper: Key of the publication whose claims file it stands in; nil in an analysis.
  static func claim(_ name: Located<String>, _ node: DocumentNode, paper: Located<String>? = nil) -> ClaimSpec? {
    guard node.entries != nil else { return nil }
    return ClaimSpec(
      name: name, use: located(node["use"]), title: node["title"]?.text,
      statement: node["statement"]?.text ?? "", source: source(node["source"], paper: paper), of: located(node["of"]),
      value: node["value"].map {
        .init(
          of: located($0["of"]), printed: located($0["printed"]), magnitude: $0["magnitude"]?.boolean ?? false)
      },
      region: node["region"].map {
        RegionSpec(of: located($0["of"]), bounds: bounds($0), location: $0.location)
      },
      judgedOn: word(node["judged-on"]), pValue: located(node["p-value"]), test: node["test"]?.text,
      family: located(node["family"]),
      severity: word(node["severity"]),
      expect: .init(reproduced: word(node["expect"]?["reproduced"]), inference: word(node["expect"]?["inference"])),
      notCheckable: node["not-checkable"]?.text,
      note: node["note"]?.text)
  }

  /// The family; one whose correction does not fit keeps its name, so that what names it is not reported too.
  static func family(_ name: Located<String>, _ node: DocumentNode) -> ClaimFamilySpec? {
    ClaimFamilySpec(
      name: name, title: node["title"]?.text, correction: word(node["correction"]) ?? .holm,
      alpha: node["alpha"]?.double ?? 0.05)
  }

  private static func source(_ node: DocumentNode?, paper: Located<String>?) -> ClaimSource? {
    guard let reference = located(node?["reference"]) ?? paper else { return nil }
    return ClaimSource(
      reference: reference, quote: node?["quote"]?.text, locator: node?["locator"]?.text,
      isSecondary: node?["secondary"]?.boolean ?? false)
  }

  private static func bounds(_ node: DocumentNode) -> RegionSpec.Bounds? {
    if let bound = node["above"]?.double { return .above(bound) }
    if let bound = node["below"]?.double { return .below(bound) }
    if let bound = node["at-least"]?.double { return .atLeast(bound) }
    if let bound = node["at-most"]?.double { return .atMost(bound) }
    if let other = node["differs-from"]?.double { return .differs(from: other) }
    if let text = node["is"]?.text { return .text(text) }
    if let ends = node["between"]?.elements?.compactMap(\.double) { return .between(ends) }
    return node["equivalent"]?["within"]?.double.map {
      .equivalent(to: node["equivalent"]?["to"]?.double ?? 0, margin: $0)
    }
  }

  private static func located(_ node: DocumentNode?) -> Located<String>? {
    node.flatMap { node in node.text.map { Located($0, at: node.location) } }
  }

  private static func word<Word: RawRepresentable<String>>(_ node: DocumentNode?) -> Word? {
    node?.text.flatMap { Word(rawValue: $0) }
  }
}
