/// What tells a group of rows apart: its values in the columns that make the groups, as text.
struct GroupLabel: Hashable, Comparable {
  /// The values, in the order of the columns.
  let parts: [String]

  init(_ parts: [String]) { self.parts = parts }

  /// The values as a key: `4-256`; `all` without any.
  var key: String {
    guard !parts.isEmpty else { return "all" }
    return parts.joined(separator: "-").lowercased().map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
  }

  /// The keys of labels in order; of those with the same key, later ones get a number.
  static func uniqueKeys(_ labels: [GroupLabel]) -> [String] {
    var taken: Set<String> = []
    return labels.map { label in
      var key = label.key
      var number = 1
      while !taken.insert(key).inserted {
        number += 1
        key = "\(label.key)-\(number)"
      }
      return key
    }
  }

  /// Numbers by size, other values as text.
  static func < (left: GroupLabel, right: GroupLabel) -> Bool {
    for (one, other) in zip(left.parts, right.parts) where one != other {
      if let first = Double(one), let second = Double(other) { return first < second }
      return one < other
    }
    return false
  }
}
