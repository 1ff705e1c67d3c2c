/// Numbers of a finding by case.
package struct FindingSection: Codable, Sendable, Hashable {
  /// Kebab-case name; a finding has one section of a name.
  package var key: String
  /// The name for people.
  package var title: String
  /// The head of the first column: the kind of case that a row stands for.
  package var rowTitle: String
  /// The number of further rows, which are counted and not listed.
  package private(set) var omitted: Int
  /// The rows, at most `Finding.rowLimit`.
  package private(set) var rows: [Row]

  /// The numbers of one case.
  package struct Row: Codable, Sendable, Hashable {
    /// Name within the section: kebab-case, distinct.
    package var key: String
    /// The name for people.
    package var title: String
    /// The numbers; every row of a section has the same keys.
    package var numbers: [FindingNumber]

    /// The value of the number with a key; nil when the row has none.
    package subscript(key: String) -> FindingValue? { numbers.first { $0.key == key }?.value }
  }

  init(_ key: String, _ title: String, rowTitle: String) {
    self.key = key
    self.title = title
    self.rowTitle = rowTitle
    rows = []
    omitted = 0
  }

  /// Adds a row, or counts it when there are enough. Its key is made from the title when none is given.
  mutating func add(_ title: String, key: String? = nil, _ numbers: [FindingNumber]) {
    guard rows.count < Finding.rowLimit else {
      omitted += 1
      return
    }
    rows.append(Row(key: distinct(Self.kebab(key ?? title)), title: title, numbers: numbers))
  }

  /// Counts rows that are not listed.
  mutating func omit(_ count: Int) { omitted += count }

  /// The row of a key.
  package subscript(key: String) -> Row? { rows.first { $0.key == key } }

  private func distinct(_ key: String) -> String {
    guard self[key] != nil else { return key }
    var number = 2
    while self["\(key)-\(number)"] != nil { number += 1 }
    return "\(key)-\(number)"
  }

  /// Lower-case letters and digits joined by single hyphens, at most 80; `value` when nothing is left.
  static func kebab(_ text: String) -> String {
    var key = ""
    for character in text.lowercased().unicodeScalars {
      guard key.utf8.count < 80 else { break }
      if ("a"..."z").contains(character) || ("0"..."9").contains(character) {
        key.unicodeScalars.append(character)
      } else if !key.isEmpty, key.last != "-" {
        key += "-"
      }
    }
    while key.last == "-" { key.removeLast() }
    return key.isEmpty ? "value" : key
  }
}
