/// Numbers as publications print them.
enum PrintedNotation {
  /// Whether a text is a number in plain decimal notation: an optional sign (`-`, `−` or `+`), digits with an optional
  /// point (`.372`, `0.37`, `93`), thousands by commas (`8,794`), an optional exponent (`1.3e-5`); at most 15 digits.
  static func isNumber(_ text: String) -> Bool {
    let halves = text.split(separator: "e", omittingEmptySubsequences: false)
    guard halves.count <= 2, isExponent(halves.dropFirst().first) else { return false }
    let unsigned = halves[0].drop { "-−+".contains($0) }
    guard halves[0].count - unsigned.count <= 1 else { return false }
    let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { return false }
    let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
    let decimals = parts.dropFirst().first ?? ""
    let count = groups.reduce(decimals.count) { $0 + $1.count }
    guard (1...15).contains(count), isDigits(decimals), groups.allSatisfy(isDigits) else { return false }
    return groups.count == 1 || (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
  }

  private static func isExponent(_ text: Substring?) -> Bool {
    guard let text else { return true }
    guard text.utf8.count <= 4, let power = Int(text) else { return false }
    return abs(power) <= 300
  }

  private static func isDigits(_ text: Substring) -> Bool { text.utf8.allSatisfy { (48...57).contains($0) } }
}
