/// Numbers from decimal text in bytes.
package enum DecimalText {
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// The correctly rounded number of decimal notation with an optional exponent; nil for anything else (words,
  /// hexadecimal, blanks). A number out of Double's range gives infinity.
  ///
  /// - Parameter point: The sign before decimals, a point or a comma.
  package static func real(_ text: UnsafeBufferPointer<UInt8>, point: UInt8 = 46) -> Double? {
    var index = 0
    var isNegative = false
    if index < text.count, text[index] == 45 || text[index] == 43 {
      isNegative = text[index] == 45
      index += 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var scale = 0
    var isExact = true
    var hasPoint = false
    while index < text.count {
      let byte = text[index]
      if byte >= 48, byte <= 57 {
        digits += 1
        if mantissa < 100_000_000_000_000_000 {
          mantissa = mantissa * 10 + UInt64(byte - 48)
          if hasPoint { scale -= 1 }
        } else {
          isExact = false
        }
      } else if byte == point, !hasPoint {
        hasPoint = true
      } else {
        break
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    if index < text.count {
      guard text[index] == 101 || text[index] == 69 else { return nil }
      index += 1
      var isNegativeExponent = false
      if index < text.count, text[index] == 45 || text[index] == 43 {
        isNegativeExponent = text[index] == 45
        index += 1
      }
      guard index < text.count else { return nil }
      var exponent = 0
      while index < text.count {
        guard text[index] >= 48, text[index] <= 57 else { return nil }
        if exponent < 100_000 { exponent = exponent * 10 + Int(text[index] - 48) }
        index += 1
      }
      scale += isNegativeExponent ? -exponent : exponent
    }
    if isExact, mantissa < 1 << 53, scale >= -22, scale <= 22 {
      let value = scale < 0 ? Double(mantissa) / powers[-scale] : Double(mantissa) * powers[scale]
      return isNegative ? -value : value
    }
    return Double(String(decoding: text.map { $0 == point ? 46 : $0 }, as: UTF8.self))
  }

  /// The whole number that a text is, also as `4379348.0` or `1e3`; nil for anything else, out of range, or, with a point or an
  /// exponent, beyond 2⁵³.
  package static func whole(_ text: UnsafeBufferPointer<UInt8>, point: UInt8 = 46) -> Int? {
    if let digits = integer(text) { return digits }
    guard text.contains(where: { $0 == point || $0 == 101 || $0 == 69 }), let value = real(text, point: point) else {
      return nil
    }
    return value.magnitude <= 0x1p53 ? Int(exactly: value) : nil
  }

  /// True for decimal digits with an optional sign, and nothing else.
  package static func isDigits(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let digits = text.first == 45 || text.first == 43 ? text.dropFirst() : text[...]
    return !digits.isEmpty && digits.allSatisfy { (48...57).contains($0) }
  }

  /// The whole number of decimal digits with an optional sign; nil for anything else or out of range.
  package static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    let isNegative = text.first == 45
    let digits = isNegative || text.first == 43 ? text.dropFirst() : text[...]
    guard !digits.isEmpty else { return nil }
    var value = 0
    for byte in digits {
      guard byte >= 48, byte <= 57 else { return nil }
      let (scaled, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isOver) = scaled.addingReportingOverflow(isNegative ? -Int(byte - 48) : Int(byte - 48))
      guard !isTooLarge, !isOver else { return nil }
      value = sum
    }
    return value
  }
}
