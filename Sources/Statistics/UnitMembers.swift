/// The rows of each unit (a cluster, or a row by itself), as places among the ranks of a sample.
struct UnitMembers {
  private let starts: [Int]
  private let places: [Int32]

  /// Sorts places by unit. O(n).
  ///
  /// - Precondition: Units are numbered from 0 to below the count.
  init(units: [Int32], count: Int) {
    var starts = [Int](repeating: 0, count: count + 1)
    for unit in units { starts[Int(unit) + 1] += 1 }
    for unit in 0..<count { starts[unit + 1] += starts[unit] }
    self.starts = starts
    var next = starts
    var places = [Int32](repeating: 0, count: units.count)
    for (place, unit) in units.enumerated() {
      places[next[Int(unit)]] = Int32(truncatingIfNeeded: place)
      next[Int(unit)] += 1
    }
    self.places = places
  }

  /// Number of units.
  var count: Int { starts.count - 1 }

  /// Number of rows.
  var rowCount: Int { places.count }

  /// The places of a unit, ascending.
  subscript(unit: Int) -> ArraySlice<Int32> { places[starts[unit]..<starts[unit + 1]] }

  /// The number of rows of a unit.
  func size(_ unit: Int) -> Int { starts[unit + 1] - starts[unit] }

  /// Whether leaving a unit out costs less when it is done by itself: the closed forms take the square of its size. There are
  /// at most √n such units.
  func isLarge(_ unit: Int) -> Bool {
    let size = self.size(unit)
    return size > 8 && size * size > rowCount
  }
}
