/// One choice of a search space: its name and the whole numbers that it may be.
package struct SpaceDimension: Sendable, Hashable {
  /// The numbers.
  package enum Values: Sendable, Hashable {
    /// These, in order.
    case list([Int])
    /// All of a range.
    case range(ClosedRange<Int>)
  }

  /// Its name, such as `heads`.
  package let name: String
  /// What it may be, at least one number.
  package let values: Values

  /// Creates a choice.
  package init(_ name: String, _ values: Values) {
    self.name = name
    self.values = values
  }

  /// How many numbers there are.
  package var count: Int {
    switch values {
    case .list(let list): list.count
    case .range(let range): range.count
    }
  }

  /// The number at a place.
  ///
  /// - Precondition: The place is below `count`.
  package subscript(place: Int) -> Int {
    switch values {
    case .list(let list): list[place]
    case .range(let range): range.lowerBound + place
    }
  }

  /// The place of a number; nil when it is not among them.
  package func place(of value: Int) -> Int? {
    switch values {
    case .list(let list): list.firstIndex(of: value)
    case .range(let range): range.contains(value) ? value - range.lowerBound : nil
    }
  }

  /// The number itself when it is among them, otherwise the closest; of two the first.
  package func closest(to value: Int) -> Int {
    switch values {
    case .list(let list): list.min { abs($0 - value) < abs($1 - value) } ?? value
    case .range(let range): min(max(value, range.lowerBound), range.upperBound)
    }
  }
}

/// An architecture as the numbers that were chosen for it.
package struct SpacePoint: Sendable, Hashable {
  /// The choices of the whole, in the order of `RecordSpace.shared`.
  package var shared: [Int]
  /// For each layer its choices, in the order of `RecordSpace.perLayer`.
  package var layers: [[Int]]

  /// Creates a point.
  package init(shared: [Int], layers: [[Int]]) {
    self.shared = shared
    self.layers = layers
  }
}

/// The number of architectures of a space.
package struct SpaceSize: Sendable, Hashable {
  /// The number, when it fits 64 bits.
  package let exact: Int?
  /// The number, rounded.
  package let approximate: Double
}
