import Claims
import Documents

/// Finds the values of claims in the results document, with what stands beside them: interval, count, level, method, seed,
/// p-value, policy.
struct ClaimValues {
  let results: JSONValue
  let resolved: ResolvedAnalysis

  /// The value at a path.
  ///
  /// - Throws: `ValueFailure.notFound` and `.notANumber`; undefined values are values.
  func value(at path: String) throws(ValueFailure) -> RecomputedValue {
    let found = try ValuePath.resolved(path, in: results)
    let chain = self.chain(path)
    guard let content = Self.content(found) else { throw .notANumber(path: path) }
    var value = RecomputedValue(content)
    if let lower = found["lower"]?.double, let upper = found["upper"]?.double {
      if lower <= upper {
        value.interval = lower...upper
      } else {
        value.intervalUndefined = "its ends are in the wrong order"
      }
    }
    if value.interval == nil, let reason = found["interval-undefined"]?.string { value.intervalUndefined = reason }
    func nearest<Wanted>(_ keys: [String], _ read: (JSONValue) -> Wanted?) -> Wanted? {
      for object in chain {
        for key in keys { if let wanted = object[key].flatMap(read) { return wanted } }
      }
      return nil
    }
    let keys = path.split(separator: ".", omittingEmptySubsequences: false)
    let settings = resolved.part(String(keys[0]))?.settings(of: Array(keys.dropFirst())) ?? ValueSettings()
    value.count = settings.countKeys.lazy.compactMap { key in nearest([key]) { $0.int } }.first
    value.pValue = pValue(beside: chain, of: keys[keys.count - 1])
    value.policy = nearest(["missing", "policy"]) { $0.string } ?? settings.policy
    guard value.interval != nil else { return value }
    value.level = nearest(["level"]) { $0.double } ?? settings.level
    value.method = nearest(["method"]) { $0.string } ?? settings.method
    value.seed = nearest(["seed"]) { $0.int } ?? settings.seed
    return value
  }

  /// The p-value of a value: its own; that of the object around it; of a difference that of the one test beside it, or of
  /// the paired bootstrap. The p-values of other values are none of its own.
  private func pValue(beside chain: [JSONValue], of key: Substring) -> Double? {
    func own(_ value: JSONValue) -> Double? { (value["p-value"] ?? value["p"])?.double }
    for object in chain.prefix(2) { if let found = own(object) { return found } }
    guard key == "difference" else { return nil }
    let tests = (chain.dropFirst().first?.members ?? []).filter { own($0.value) != nil }
    let test = tests.count == 1 ? tests.first : tests.first { $0.key == "paired-bootstrap" }
    return test.flatMap { own($0.value) }
  }

  /// The objects from the value up to the part it is of, innermost first.
  private func chain(_ path: String) -> [JSONValue] {
    var objects: [JSONValue] = []
    var current = results
    for key in path.split(separator: ".", omittingEmptySubsequences: false) {
      guard let next = current[String(key)] else { break }
      current = next
      objects.append(current)
    }
    return objects.reversed()
  }

  private static func content(_ found: JSONValue) -> RecomputedValue.Content? {
    if let number = found.double ?? found["value"]?.double { return .number(number) }
    if let reason = found["undefined"]?.string { return .undefined(reason) }
    switch found["value"] ?? found {
    case .string(let text): return .text(text)
    case .bool(let flag): return .text(flag ? "true" : "false")
    default: return nil
    }
  }
}
