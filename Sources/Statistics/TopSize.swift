/// The number of rows in the top of a ranking, of a size that is a count or a share: the one rule for all that speaks of the
/// best share of some rows.
package enum TopSize {
  /// Below 1 the least number of rows that are at least that share, so that a tenth of 8,794 is 880; otherwise that many.
  package static func count(_ size: Double, of total: Int) -> Int {
    guard size.isFinite, size > 0 else { return 0 }
    // The margin takes back what the product rounds up.
    return size < 1 ? max(1, Int((size * Double(total) - 1e-9).rounded(.up))) : Int(min(size, 1e9))
  }

  /// The number of rows in a share of all, which may be all: at least 1 and at most all.
  package static func count(ofShare share: Double, of total: Int) -> Int {
    share < 1 ? min(total, max(1, count(share, of: total))) : total
  }

  /// The same share of a part of the rows, at least 1.
  package static func count(_ size: Double, of part: Int, outOf total: Int) -> Int {
    guard size >= 1, total > 0 else { return count(size, of: part) }
    return max(1, Int((Double(count(size, of: total)) * Double(part) / Double(total)).rounded()))
  }
}
