extension Escape {
  /// For XML 1.0 text and attribute values: as for HTML; line ends and tabs are written as references, so that attributes
  /// keep them, and what XML does not allow becomes U+FFFD.
  static func xml(_ text: String) -> String {
    var output = ""
    for scalar in html(text).unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A: output += "&#\(scalar.value);"
      case 0xFFFE, 0xFFFF: output += "\u{FFFD}"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
