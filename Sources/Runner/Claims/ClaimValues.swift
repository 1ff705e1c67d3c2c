import Claims
import Documents
import Sections

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
    func nearest<Wanted>(_ key: String, _ read: (JSONValue) -> Wanted?) -> Wanted? {
      for object in chain { if let wanted = object[key].flatMap(read) { return wanted } }
      return nil
    }
    let keys = path.split(separator: ".", omittingEmptySubsequences: false)
    let settings = resolved.part(String(keys[0]))?.settings(of: Array(keys.dropFirst())) ?? ValueSettings()
    value.count = settings.countKeys.lazy.compactMap { key in nearest(key) { $0.int } }.first
    value.pValue = pValue(beside: chain)
    value.policy = settings.policy
    guard value.interval != nil else { return value }
    value.level = nearest("level") { $0.double } ?? settings.level
    if let method = found["method"]?.string {
      value.method = method
      value.seed = found["seed"]?.int
    } else {
      value.method = settings.method
      value.seed = settings.seed
    }
    return value
  }

  /// The p-value of a value: its own, or that of the object around it. The p-values of other values are none of its own.
  private func pValue(beside chain: [JSONValue]) -> Double? {
    chain.prefix(2).lazy.compactMap { $0["p-value"]?.double }.first
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
