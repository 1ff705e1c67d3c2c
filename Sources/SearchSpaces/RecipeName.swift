/// How names stand for states.
enum RecipeName {
  /// The state of `h_prev_i`; nil for other names, and for numbers with leading zeros or beyond a thousand.
  static func previousState(_ name: String) -> Int? { index(name, after: "h_prev_") }

  /// The state of `h_new_i`; nil as above. A name such as `h_new_1_part` is an ordinary one.
  static func newState(_ name: String) -> Int? { index(name, after: "h_new_") }

  /// Whether a name cannot be a node's: `x`, a previous state, or a state number that is not written plainly.
  static func isReserved(_ name: String) -> Bool {
    func isNumbered(_ prefix: String) -> Bool {
      let rest = name.utf8.dropFirst(prefix.utf8.count)
      return name.hasPrefix(prefix) && !rest.isEmpty && rest.allSatisfy { (48...57).contains($0) }
    }
    return name == "x" || isNumbered("h_prev_") || isNumbered("h_new_") && newState(name) == nil
  }

  private static func index(_ name: String, after prefix: String) -> Int? {
    guard name.hasPrefix(prefix), name.utf8.count <= prefix.utf8.count + 3,
      let index = Int(name.dropFirst(prefix.count)),
      name == "\(prefix)\(index)", index >= 0
    else { return nil }
    return index
  }
}
