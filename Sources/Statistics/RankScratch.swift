/// Room for ranking columns of one length, in one block kept between columns: getting and returning many blocks of this
/// size costs as much as the sort.
struct RankScratch: ~Copyable {
  /// Sort entries: the upper half of a key, and the row.
  let entries: UnsafeMutableBufferPointer<UInt64>
  /// After ranking, the entries in ascending order.
  let sorted: UnsafeMutableBufferPointer<UInt64>
  /// After ranking, the dense rank of each row.
  let ranks: UnsafeMutableBufferPointer<Int32>
  /// Three histograms of 2,048 buckets.
  let histograms: UnsafeMutableBufferPointer<Int32>
  private let block: UnsafeMutableRawBufferPointer

  /// Makes room for `count` values.
  init(count: Int) {
    let all = UnsafeMutableRawBufferPointer.allocate(byteCount: count * 20 + 6144 * 4, alignment: 64)
    all.initializeMemory(as: UInt8.self, repeating: 0)
    func part<Element>(_ start: Int, _ length: Int, _: Element.Type) -> UnsafeMutableBufferPointer<Element> {
      let bytes = start..<start + length * MemoryLayout<Element>.stride
      return UnsafeMutableRawBufferPointer(rebasing: all[bytes]).bindMemory(to: Element.self)
    }
    block = all
    entries = part(0, count, UInt64.self)
    sorted = part(count * 8, count, UInt64.self)
    ranks = part(count * 16, count, Int32.self)
    histograms = part(count * 20, 6144, Int32.self)
  }

  deinit { block.deallocate() }

  /// The row of a sort entry.
  static func row(_ entry: UInt64) -> Int { Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) }
}
