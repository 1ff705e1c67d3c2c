/// What stands about a number that is written for readers, and keeps it from being read.
enum DressedNumber: String {
  case thousands = "signs between thousands"
  case percent = "a percent sign"
  case currency = "a currency sign"
  case deviation = "a deviation after ±"

  /// Finds out what stands about a number; nil for plain numbers and other texts.
  init?(_ text: String) {
    let text = text.trimmingBlanks()
    guard text.utf8.count <= 60, text.contains(where: \.isNumber) else { return nil }
    if let sign = text.last, sign == "%", Self.isNumber(text.dropLast()) {
      self = .percent
    } else if let sign = text.first, "$€£¥".contains(sign), Self.isNumber(text.dropFirst()) {
      self = .currency
    } else if let sign = text.firstRange(of: "±") ?? text.firstRange(of: "+-") ?? text.firstRange(of: "+/-"),
      Self.isNumber(text[..<sign.lowerBound]), Self.isNumber(text[sign.upperBound...])
    {
      self = .deviation
    } else if Self.isGrouped(text) {
      self = .thousands
    } else {
      return nil
    }
  }

  /// True for a number with a point or a comma before decimals, or groups of thousands.
  private static func isNumber(_ text: Substring) -> Bool {
    let plain = String(text).trimmingBlanks()
    return Double(plain) != nil || Double(plain.replacing(",", with: ".")) != nil || isGrouped(plain)
  }

  /// True for `1,234,567`, `1.234.567`, `1 234 567` and `1'234'567`, with decimals or without.
  private static func isGrouped(_ text: String) -> Bool {
    text.wholeMatch(of: /[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?/) != nil
      || text.wholeMatch(of: /[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?/) != nil
      || text.wholeMatch(of: /[+-]?[0-9]{1,3}([ \u{A0}\u{202F}'’_][0-9]{3})+([.,][0-9]+)?/) != nil
  }
}
