/// How many rows the top of a ranking has.
package enum TopSize {
  /// Below 1 that share of the rows, rounded and at least 1; otherwise that many.
  package static func count(_ size: Double, of total: Int) -> Int {
    guard size.isFinite, size > 0 else { return 0 }
    return size < 1 ? max(1, Int((size * Double(total)).rounded())) : Int(min(size, 1e9))
  }

  /// The same share of a part of the rows, at least 1.
  package static func count(_ size: Double, of part: Int, outOf total: Int) -> Int {
    guard size >= 1, total > 0 else { return count(size, of: part) }
    return max(1, Int((Double(count(size, of: total)) * Double(part) / Double(total)).rounded()))
  }
}
