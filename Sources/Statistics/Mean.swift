/// The arithmetic mean.
package enum Mean {
  /// The mean of finite values, in two passes: neither their size nor an offset costs digits, and the mean of equal values is
  /// their value. 0 without values. O(n).
  package static func value(_ values: [Double]) -> Double { CenteredColumn(values).mean }
}
