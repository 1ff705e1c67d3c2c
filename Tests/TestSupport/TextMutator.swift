import Statistics

/// Makes texts that are a little, or altogether, wrong.
package struct TextMutator {
  private let texts: [[UInt8]]
  private let fragments: [String]
  private var generator: SeededGenerator

  /// - Parameters:
  ///   - texts: What is mutated, at least one, none of them empty.
  ///   - fragments: What is put in, at least one: signs and words of the language.
  package init(_ texts: [String], fragments: [String], seed: UInt64) {
    self.texts = texts.map { Array($0.utf8) }
    self.fragments = fragments
    generator = SeededGenerator(seed: seed)
  }

  private mutating func one<Element>(of elements: [Element]) -> Element {
    elements[generator.next(below: elements.count)]
  }

  /// A text with bytes changed, taken out, put in, and spliced from another text.
  package mutating func bytes() -> [UInt8] {
    var bytes = one(of: texts)
    for _ in 0...generator.next(below: 4) {
      let place = generator.next(below: max(1, bytes.count))
      switch generator.next(below: 5) {
      case 0: bytes[place] = UInt8(generator.next(below: 256))
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(contentsOf: Array(one(of: fragments).utf8), at: place)
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + generator.next(below: 40)))
      default:
        let other = one(of: texts)
        let start = generator.next(below: other.count)
        bytes.insert(contentsOf: other[start..<min(other.count, start + generator.next(below: 60))], at: place)
      }
      if bytes.isEmpty { bytes = [0x7B] }
    }
    return bytes
  }

  /// A text with a few of its words, numbers and signs exchanged for others of the texts or the fragments: most often a document
  /// still, with other values.
  package mutating func words() -> [UInt8] {
    func split(_ text: [UInt8]) -> [[UInt8]] {
      func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
      }
      var parts: [[UInt8]] = []
      for byte in text {
        if let last = parts.last?.last, isWord(last) == isWord(byte) {
          parts[parts.count - 1].append(byte)
        } else {
          parts.append([byte])
        }
      }
      return parts
    }
    var parts = split(one(of: texts))
    for _ in 0...generator.next(below: 4) where !parts.isEmpty {
      let place = generator.next(below: parts.count)
      switch generator.next(below: 4) {
      case 0: parts[place] = Array(one(of: fragments).utf8)
      case 1: parts[place] = one(of: split(one(of: texts)))
      case 2: parts.remove(at: place)
      default: parts[place] = Array(String(generator.next(below: 5000)).utf8)
      }
    }
    return parts.flatMap { $0 }
  }
}
