/// Where lines end in UTF-8 text, as YAML 1.1 has it.
enum LineBreak {
  /// The bytes of the line end that begins at an index: LF, CR, CR LF, NEL, LS or PS; 0 when none does.
  static func length(at index: Int, in bytes: [UInt8]) -> Int {
    switch bytes[index] {
    case 0x0A: return 1
    case 0x0D: return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
    case 0xC2: return index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      let isSeparator =
        index + 2 < bytes.count && bytes[index + 1] == 0x80 && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9)
      return isSeparator ? 3 : 0
    default: return 0
    }
  }
}
