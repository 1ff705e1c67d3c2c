import Documents

/// What two states of a report differ in: values of their results, and files by their digests.
package struct ReportDifferences: Sendable, Hashable {
  /// A value that is not the same in both; `null` where one does not have it.
  package struct Value: Sendable, Hashable {
    /// Its dotted path in the results.
    package var path: String
    package var first: JSONValue
    package var second: JSONValue
  }

  /// A file that is not the same in both.
  package struct File: Sendable, Hashable {
    /// The ways in which files differ.
    package enum Change: String, Sendable, Hashable {
      case onlyInSecond = "only in the second"
      case onlyInFirst = "only in the first"
      case differs
    }

    package var path: String
    package var change: Change
  }

  /// Every scalar of a document by dotted path.
  package static func leaves(_ value: JSONValue, prefix: String = "") -> [(path: String, value: JSONValue)] {
    let join = { (key: String) in prefix.isEmpty ? key : "\(prefix).\(key)" }
    switch value {
    case .object(let members): return members.flatMap { leaves($0.value, prefix: join($0.key)) }
    case .array(let elements):
      return elements.enumerated().flatMap { leaves($0.element, prefix: join(String($0.offset))) }
    default: return [(prefix, value)]
    }
  }

  /// The values that differ: those of the first in their order, then those that the second alone has. O(values).
  ///
  /// - Parameter tolerance: The relative difference of numbers that is let pass.
  package static func values(_ first: JSONValue, _ second: JSONValue, tolerance: Double = 0) -> [Value] {
    let one = leaves(first)
    let other = leaves(second)
    let known = Dictionary(other.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first })
    let names = Set(one.map(\.path))
    let changed = one.compactMap { leaf -> Value? in
      let partner = known[leaf.path] ?? .null
      if let left = leaf.value.double, let right = partner.double,
        abs(left - right) <= tolerance * max(abs(left), abs(right))
      {
        return nil
      }
      return leaf.value == partner ? nil : Value(path: leaf.path, first: leaf.value, second: partner)
    }
    return changed
      + other.filter { !names.contains($0.path) }.map { Value(path: $0.path, first: .null, second: $0.value) }
  }

  /// The files that differ, by path, from digests by path.
  package static func files(_ first: [String: String], _ second: [String: String]) -> [File] {
    Set(first.keys).union(second.keys).sorted().compactMap { path in
      guard let left = first[path] else { return File(path: path, change: .onlyInSecond) }
      guard let right = second[path] else { return File(path: path, change: .onlyInFirst) }
      return left == right ? nil : File(path: path, change: .differs)
    }
  }
}
