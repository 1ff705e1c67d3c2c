/// "Did you mean": the known name nearest to an unknown one.
public enum Suggestion {
  /// The candidate at the smallest edit distance from `name` (insertions, deletions, substitutions and swaps of
  /// neighbours cost 1 each), when that distance is at most a third of the longer name's length, at least 1.
  /// Ties go to the candidate listed first. Names of over 128 characters have no suggestion.
  public static func closest(to name: String, in candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased())
    guard !wanted.isEmpty, wanted.count <= 128 else { return nil }
    var best: (distance: Int, name: String)?
    for candidate in candidates where candidate.count <= 128 {
      let other = Array(candidate.lowercased())
      let limit = max(1, max(wanted.count, other.count) / 3)
      guard abs(wanted.count - other.count) <= limit else { continue }
      let distance = editDistance(wanted, other)
      if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.name
  }

  private static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
