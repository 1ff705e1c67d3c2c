import Claims
import Documents
import Sections
import Statistics

/// Finds the values of claims in the results document: an `Estimate` with what it says of itself, or a number, with what
/// stands beside it.
struct ClaimValues {
  let results: JSONValue
  let analysis: AuditedAnalysis

  /// The value at a path.
  ///
  /// - Throws: `ValueFailure.notFound` and `.notANumber`; undefined values are values.
  func value(at path: String) throws(ValueFailure) -> RecomputedValue {
    let found = try ValuePath.resolved(path, in: results)
    guard let content = Self.content(found) else { throw .notANumber(path: path) }
    var value = RecomputedValue(content)
    let around = around(path)
    // A check of one subject, such as a column, has no sample whose size could be told.
    value.count = around["n"]?.int ?? around["subjects"]?.int.flatMap { $0 == 1 ? nil : $0 }
    let tested = found["p-value"] == nil ? around : found
    value.pValue = PValue(tested["p-value"])
    if tested["adjustment"]?.string == AdjustedPValues.Method.holm.rawValue, let family = tested["family"]?.string {
      value.adjusted = PValue(tested["adjusted-p-value"]).map { .init($0, over: family) }
    }
    value.policy = analysis.missingPolicy(of: path)
    guard let estimate = try? found.decoded(as: Estimate.self) else { return value }
    value.count = estimate.basis.n ?? value.count
    value.chance = estimate.chance
    switch estimate.interval {
    case .success(let ends) where ends.lower <= ends.upper:
      value.interval = ends.lower...ends.upper
      (value.level, value.method, value.seed) = (estimate.basis.level, estimate.basis.method, estimate.basis.seed)
    case .success: value.intervalUndefined = "its ends are in the wrong order"
    case .failure(let reason): value.intervalUndefined = reason.text
    case nil: break
    }
    return value
  }

  /// The p-value at a path; nil where there is none.
  func pValue(at path: String) -> PValue? { PValue(ValuePath.value(at: path, in: results)) }

  /// The object that a value stands in. Its count and p-value are the value's, if that has none of its own.
  private func around(_ path: String) -> JSONValue {
    var object = results
    for key in path.split(separator: ".", omittingEmptySubsequences: false).dropLast() {
      object = object[String(key)] ?? .null
    }
    return object
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
