/// Things sorted by position as they come.
struct Buckets<Element> {
  private var heads: [Int32]
  private var entries: [(element: Element, next: Int32)] = []

  /// Makes buckets for positions 0 ..< `count`.
  init(count: Int) { heads = Array(repeating: -1, count: count) }

  /// Whether nothing was added.
  var isEmpty: Bool { entries.isEmpty }

  mutating func add(_ element: Element, at position: Int) {
    entries.append((element, heads[position]))
    heads[position] = Int32(truncatingIfNeeded: entries.count - 1)
  }

  /// Calls with each element at a position, the last added first.
  func forEach(at position: Int, _ body: (Element) -> Void) {
    var entry = heads[position]
    while entry >= 0 {
      body(entries[Int(entry)].element)
      entry = entries[Int(entry)].next
    }
  }
}
