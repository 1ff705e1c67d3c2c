/// "Did you mean": the known name nearest to an unknown one.
package enum Suggestion {
  /// The most candidates looked at, and the longest name in Unicode scalars; they bound the time for hostile input.
  private static let candidateLimit = 400
  private static let lengthLimit = 128

  /// The candidate at the smallest edit distance from `name` (insertions, deletions, substitutions and swaps of
  /// neighbours cost 1 each), when that distance is at most a third of the longer name's length, at least 1.
  /// Ties go to the candidate listed first. Names of over 128 characters have no suggestion; of many candidates the
  /// first 400 are looked at.
  package static func closest(to name: String, in candidates: some Sequence<String>) -> String? {
    guard name.utf8.count <= 4 * lengthLimit else { return nil }
    let wanted = Array(name.lowercased().unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= lengthLimit else { return nil }
    var best: (distance: Int, name: String)?
    for candidate in candidates.prefix(candidateLimit) where candidate.utf8.count <= 4 * lengthLimit {
      let other = Array(candidate.lowercased().unicodeScalars)
      let limit = max(1, max(wanted.count, other.count) / 3)
      guard other.count <= lengthLimit, abs(wanted.count - other.count) <= limit else { continue }
      let distance = editDistance(wanted, other)
      if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.name
  }

  /// Up to twelve of the known names, for a fix when none is near; nil when there are none.
  package static func listing(_ candidates: [String]) -> String? {
    guard !candidates.isEmpty else { return nil }
    return candidates.prefix(12).joined(separator: ", ") + (candidates.count > 12 ? ", …" : "")
  }

  private static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    var current = last
    for row in 0..<left.count {
      current[0] = row + 1
      for column in 0..<right.count {
        var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current[column + 1] = cost
      }
      swap(&beforeLast, &last)
      swap(&last, &current)
    }
    return last[right.count]
  }
}
