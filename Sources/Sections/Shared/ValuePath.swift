import Documents

/// Finds computed values by dotted path in the results document.
package enum ValuePath {
  /// The value at a path such as `main.head-confidence.kendall-tau-b.lower`; nil when there is none.
  package static func value(at path: String, in results: JSONValue) -> JSONValue? {
    var current = results
    for key in path.split(separator: ".", omittingEmptySubsequences: false) {
      guard let next = current[String(key)] else { return nil }
      current = next
    }
    return current
  }

  /// The number at a path: the value itself, or the `value` member of an object.
  ///
  /// - Throws: `ValueFailure`, with the names that would have been there.
  package static func number(at path: String, in results: JSONValue) throws(ValueFailure) -> Double {
    let found = try resolved(path, in: results)
    if let number = found.double { return number }
    if let number = found["value"]?.double { return number }
    if let reason = found["undefined"]?.string { throw .undefined(path: path, reason: reason) }
    throw .notANumber(path: path)
  }

  /// The value at a path.
  ///
  /// - Throws: `ValueFailure.notFound`, with the longest part of the path that is there and what it holds.
  package static func resolved(_ path: String, in results: JSONValue) throws(ValueFailure) -> JSONValue {
    var current = results
    var walked: [Substring] = []
    for key in path.split(separator: ".", omittingEmptySubsequences: false) {
      guard let next = current[String(key)] else {
        throw .notFound(
          path: path, parent: walked.joined(separator: "."), key: String(key),
          known: current.members?.map(\.key) ?? [])
      }
      walked.append(key)
      current = next
    }
    return current
  }
}

/// The reason for which a path leads to no number.
package enum ValueFailure: Error, Sendable, Hashable {
  /// No value is computed under this path.
  case notFound(path: String, parent: String, key: String, known: [String])
  /// The value is undefined for a stated reason.
  case undefined(path: String, reason: String)
  /// The path names a group of values or a text.
  case notANumber(path: String)

  /// The failure in words; for a name that is not there, with up to 30 names that are.
  package var words: String {
    switch self {
    case .notFound(let path, let parent, let key, let known):
      "no value is computed under \(path): "
        + (parent.isEmpty ? "there is no \(key)" : "\(parent) has no \(key)")
        + (known.isEmpty ? "" : "; there are: \(known.prefix(30).joined(separator: ", "))")
    case .undefined(let path, let reason): "\(path) is undefined: \(reason)"
    case .notANumber(let path): "\(path) is not a number"
    }
  }
}
