/// The texts that stand for no value.
package struct MissingTexts: Sendable, Hashable {
  /// The usual ones in columns of numbers, with the reason where it is not the text itself.
  package static let usualOfNumbers: Set<String> = usualOfTexts.union([
    "none", "None", "NONE", "nil", "-", "--", "?", ".", "n.a.", "NaT", "nan.0", "-nan", "+nan", "-NaN", "1.#QNAN",
    "-1.#IND",
  ])
  /// The usual ones in every column.
  package static let usualOfTexts: Set<String> = [
    "", "NaN", "nan", "NAN", "NA", "N/A", "n/a", "<NA>", "#N/A", "#NA", "null", "NULL", "Null",
  ]
  /// Numbers that are not finite.
  package static let notFinite: Set<String> = [
    "inf", "-inf", "+inf", "Inf", "-Inf", "+Inf", "INF", "-INF", "infinity", "-infinity", "Infinity", "-Infinity",
    "+Infinity", "1.#INF", "-1.#INF", "∞", "-∞", "overflow",
  ]

  /// Those that the spec declares.
  package let declared: Set<String>
  /// Those of them that are numbers.
  package let sentinels: Set<Double>
  /// True when the usual ones are taken.
  package let takesUsual: Bool

  package init(_ declared: [String], takesUsual: Bool) {
    self.declared = Set(declared)
    sentinels = Set(declared.compactMap { Double($0) })
    self.takesUsual = takesUsual
  }

  /// The reason for no value that a text gives in a column of numbers; nil for other texts.
  package func reason(ofNumber text: String) -> String? {
    if declared.contains(text) { return Self.reason(text) }
    guard takesUsual else { return nil }
    if Self.notFinite.contains(text) { return "not a finite number (\(text))" }
    return Self.usualOfNumbers.contains(text) ? Self.reason(text) : nil
  }

  /// The reason for no value that a text gives in a column of texts; nil for other texts.
  package func reason(ofText text: String) -> String? {
    if declared.contains(text) { return Self.reason(text) }
    return takesUsual && Self.usualOfTexts.contains(text) ? Self.reason(text) : nil
  }

  /// The reason that a text gives.
  package static func reason(_ text: String) -> String {
    text.isEmpty ? "an empty cell in the file" : "\(text.prefix(40)) in the file"
  }
}
