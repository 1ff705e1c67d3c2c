import Glibc

/// Numbers words by their first occurrence.
///
/// Open addressing over the bytes of the words, which stand one after another in a single array. Hashes are seeded for
/// each process, so that a text cannot be made to collide. Expected time of a look-up: the length of the word.
struct WordTable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]
  private var hashes: [Int] = []
  /// The number of the word in each slot, -1 for none; a power of two of them.
  private var slots = [Int32](repeating: -1, count: 1 << 12)

  /// Number of words.
  var count: Int { hashes.count }

  /// The words in the order of their numbers.
  var words: [String] { (0..<count).map { String(decoding: bytes[ends[$0]..<ends[$0 + 1]], as: UTF8.self) } }

  /// The number of a word that is there.
  func number(of word: String) -> Int32? {
    var word = word
    return word.withUTF8 { text in
      let raw = UnsafeRawBufferPointer(text)
      let found = slots[slot(of: raw, hash: Self.hash(raw))]
      return found < 0 ? nil : found
    }
  }

  /// The number of a word, which is added when it is new.
  mutating func add(_ word: UnsafeRawBufferPointer) -> Int32 {
    let hash = Self.hash(word)
    var place = slot(of: word, hash: hash)
    if slots[place] >= 0 { return slots[place] }
    if 2 * (count + 1) > slots.count {
      grow()
      place = slot(of: word, hash: hash)
    }
    let number = Int32(count)
    slots[place] = number
    hashes.append(hash)
    bytes.append(contentsOf: word)
    ends.append(bytes.count)
    return number
  }

  /// The number of a word, which is added when it is new.
  mutating func add(_ word: String) -> Int32 {
    var word = word
    return word.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  private static func hash(_ word: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: word)
    return hasher.finalize()
  }

  /// The slot that holds a word, or the free one where it belongs.
  private func slot(of word: UnsafeRawBufferPointer, hash: Int) -> Int {
    let mask = slots.count - 1
    var place = hash & mask
    while true {
      let number = Int(slots[place])
      if number < 0 || hashes[number] == hash && isWord(number, word) { return place }
      place = (place + 1) & mask
    }
  }

  private func isWord(_ number: Int, _ word: UnsafeRawBufferPointer) -> Bool {
    let start = ends[number]
    guard ends[number + 1] - start == word.count, let base = word.baseAddress else { return false }
    return bytes.withUnsafeBytes { own in
      own.baseAddress.map { memcmp($0 + start, base, word.count) == 0 } ?? false
    }
  }

  private mutating func grow() {
    let mask = 2 * slots.count - 1
    slots = [Int32](repeating: -1, count: mask + 1)
    for number in 0..<count {
      var place = hashes[number] & mask
      while slots[place] >= 0 { place = (place + 1) & mask }
      slots[place] = Int32(number)
    }
  }
}
