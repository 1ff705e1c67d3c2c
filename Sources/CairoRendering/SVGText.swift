import Figures

/// Finishes Cairo's SVG: ids counted from 0 in the file, fewer decimals, title and description for assistive technology.
enum SVGText {
  static func finished(_ bytes: [UInt8], list: DisplayList) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var identifiers: [ArraySlice<UInt8>: Int] = [:]
    var index = 0
    var hasTitle = false
    var isInData = false
    while index < bytes.count {
      let byte = bytes[index]
      if !hasTitle, byte == 60, starts(bytes, index, "<svg ") {
        let end = bytes[index...].firstIndex(of: 62) ?? bytes.count - 1
        output += Array("<svg role=\"img\" aria-labelledby=\"title description\" ".utf8)
        output += bytes[index + 5...end]
        output += Array(
          "\n<title id=\"title\">\(TextMarkup.escaped(list.title))</title>\n<desc id=\"description\">\(TextMarkup.escaped(list.description))</desc>"
            .utf8)
        hasTitle = true
        index = end + 1
      } else if starts(bytes, index, "base64,") {
        isInData = true
        output.append(byte)
        index += 1
      } else if isInData {
        isInData = byte != 34
        output.append(byte)
        index += 1
      } else if let length = identifierLength(bytes, index) {
        let name = bytes[index..<index + length]
        let number = identifiers[name] ?? identifiers.count
        identifiers[name] = number
        output += Array("i\(number)".utf8)
        index += length
      } else if hasTitle, isDigit(byte), let end = decimalsEnd(bytes, index) {
        output += shortened(bytes[index..<end])
        index = end
      } else {
        output.append(byte)
        index += 1
      }
    }
    return output
  }

  private static func starts(_ bytes: [UInt8], _ index: Int, _ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index + length <= bytes.count else { return false }
    for offset in 0..<length where bytes[index + offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// The length of an id in `id="…"`, `url(#…)` or `href="#…"`, when one begins here.
  private static func identifierLength(_ bytes: [UInt8], _ index: Int) -> Int? {
    guard index >= 4 else { return nil }
    let follows =
      starts(bytes, index - 4, "id=\"") || bytes[index - 1] == 35 && (bytes[index - 2] == 40 || bytes[index - 2] == 34)
    guard follows else { return nil }
    let end = bytes[index...].firstIndex { $0 == 34 || $0 == 41 } ?? bytes.count
    return end > index && end - index < 64 ? end - index : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

  /// The end of a number with decimals that begins here.
  private static func decimalsEnd(_ bytes: [UInt8], _ index: Int) -> Int? {
    if index > 0, isDigit(bytes[index - 1]) || bytes[index - 1] == 46 { return nil }
    var end = index
    while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    guard end < bytes.count, bytes[end] == 46 else { return nil }
    end += 1
    let first = end
    while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    return end > first ? end : nil
  }

  /// A decimal number rounded to three decimals, zeros at its end cut off.
  private static func shortened(_ digits: ArraySlice<UInt8>) -> [UInt8] {
    let point = digits.firstIndex(of: 46) ?? digits.endIndex
    guard digits.endIndex - point > 4 else { return trimmed(Array(digits)) }
    var kept = Array(digits[..<(point + 4)])
    if digits[point + 4] >= 53 {
      var place = kept.count - 1
      while place >= 0 {
        if kept[place] == 46 {
          place -= 1
        } else if kept[place] == 57 {
          kept[place] = 48
          place -= 1
        } else {
          kept[place] += 1
          break
        }
      }
      if place < 0 { kept.insert(49, at: 0) }
    }
    return trimmed(kept)
  }

  private static func trimmed(_ digits: [UInt8]) -> [UInt8] {
    var kept = digits
    while kept.last == 48 { kept.removeLast() }
    if kept.last == 46 { kept.removeLast() }
    return kept
  }
}

extension TextMarkup {
  /// A text without control characters and NUL, for C strings.
  static func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
  }
}
