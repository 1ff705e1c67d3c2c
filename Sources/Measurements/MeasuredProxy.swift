import Documents
import Proxies
import Sizes
import Specs
import Tables

/// A metric by a formula, as a measurement has it.
package struct MeasuredProxy: Sendable, Hashable {
  /// The column.
  package var name: String
  /// The name for people; the formula when nil. Not part of any key.
  package var title: String?
  /// The formula.
  package var program: ProxyProgram
  /// The better end of its values. Not part of the key of any evaluation.
  package var better: Direction
  /// The objective whose gradients it reads; that of the kind of network when nil.
  package var cotangent: Cotangent?
  /// What of LPZero's released code it is evaluated with.
  package var defects: ProxyDefects

  /// Joins the parts.
  package init(
    _ name: String, _ program: ProxyProgram, title: String? = nil, better: Direction = .higher,
    cotangent: Cotangent? = nil, defects: ProxyDefects = .none
  ) {
    self.name = name
    self.program = program
    self.title = title
    self.better = better
    self.cotangent = cotangent
    self.defects = defects
  }

  /// The proxy of a spec; nil when its formula cannot be read, which the checks of the spec have reported.
  init?(_ spec: ProxySpec) {
    guard let program = spec.formula.program else { return nil }
    self.init(
      spec.name.value, program, title: spec.title, better: spec.better, cotangent: spec.cotangent,
      defects: ProxyDefects(spec.defects))
  }

  /// What its values depend on.
  var json: JSONValue {
    var members = [JSONMember(key: "formula", value: .string(program.text))]
    if let cotangent { members.append(JSONMember(key: "cotangent", value: .string(cotangent.rawValue))) }
    let named = defects.named.map { JSONValue.string($0.rawValue) }
    if !named.isEmpty { members.append(JSONMember(key: "defects", value: .array(named))) }
    return .object(members)
  }

  /// What a report holds of it: what its values depend on, with its column.
  var record: JSONValue {
    let members = [
      JSONMember(key: "name", value: .string(name)), JSONMember(key: "better", value: .string(better.rawValue)),
    ]
    let title = title.map { [JSONMember(key: "title", value: .string($0))] } ?? []
    return .object(members + title + (json.members ?? []))
  }
}
