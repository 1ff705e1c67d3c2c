import Outcomes

/// A search space of stacked layers: all that a search needs to know of it, without a network.
///
/// An architecture is a depth, choices for the whole, and choices for each layer. What is counted, numbered, sampled and changed
/// follows from these; a new space says what they are, and how records and choices belong together.
package protocol RecordSpace: Sendable {
  /// The depths, ascending, at least one.
  var depths: [Int] { get }
  /// The choices for the whole.
  var shared: [SpaceDimension] { get }
  /// True when the layers of an architecture are all alike.
  var hasEqualLayers: Bool { get }
  /// The names of the features, in order.
  var featureNames: [String] { get }

  /// The choices for a layer, which may depend on those for the whole.
  func perLayer(_ shared: [Int]) -> [SpaceDimension]

  /// The architecture of a point.
  ///
  /// - Throws: `Reason` when the point is not of this space.
  func record(_ point: SpacePoint) throws(Reason) -> ArchitectureRecord

  /// The point of an architecture; nil for one of another kind, or with other settings than the space has. Its choices may be
  /// outside the space.
  func point(_ record: ArchitectureRecord) -> SpacePoint?

  /// The exact number of parameters of an architecture.
  ///
  /// - Throws: `Reason` for one of another kind.
  func parameterCount(_ record: ArchitectureRecord) throws(Reason) -> Int

  /// Floating-point operations of a forward pass; dense, two for each multiply-add.
  ///
  /// - Throws: `Reason` for one of another kind, and for lengths that are out of range.
  func operationCount(
    _ record: ArchitectureRecord, sequenceLength: Int, batchSize: Int
  ) throws(Reason) -> Int
}

extension RecordSpace {
  /// The number of architectures: Σ over depths L and choices for the whole of (the choices for a layer)^L. O(choices for the whole).
  package var size: SpaceSize {
    let blocks = blocks()
    var exact: Int? = 0
    for block in blocks {
      exact = exact.flatMap { sum in
        block.size.flatMap { size in
          let (total, overflow) = sum.addingReportingOverflow(size)
          return overflow ? nil : total
        }
      }
    }
    return SpaceSize(exact: exact, approximate: blocks.reduce(0) { $0 + $1.approximate })
  }

  /// True when the space has an architecture.
  package func contains(_ record: ArchitectureRecord) -> Bool { point(record).map { contains($0) } ?? false }

  /// True when a point is of the space.
  func contains(_ point: SpacePoint) -> Bool {
    guard depths.contains(point.layers.count), point.shared.count == shared.count,
      zip(shared, point.shared).allSatisfy({ $0.place(of: $1) != nil })
    else { return false }
    let dimensions = perLayer(point.shared)
    return point.layers.allSatisfy { layer in
      layer.count == dimensions.count && zip(dimensions, layer).allSatisfy { $0.place(of: $1) != nil }
    } && (!hasEqualLayers || Set(point.layers).count <= 1)
  }

  /// The architecture of a number from 0: by depth, then by the choices for the whole, then by the layers, the last of all changing
  /// fastest.
  ///
  /// - Throws: `Reason` for a number beyond the space, and for a space with too many architectures to number.
  package func element(at index: Int) throws(Reason) -> ArchitectureRecord {
    guard let count = size.exact else { throw Reason("the space has too many architectures to number them") }
    guard (0..<count).contains(index) else { throw Reason("the space has no architecture \(index) of \(count)") }
    var rest = index
    for block in blocks() {
      let size = block.size ?? 0
      if rest < size { return try record(point(rest, in: block)) }
      rest -= size
    }
    throw Reason("the space has no architecture \(index)")
  }

  /// The number of an architecture; nil when it is not of the space, or the space has too many to number.
  package func index(of record: ArchitectureRecord) -> Int? {
    guard size.exact != nil, let point = point(record), contains(point) else { return nil }
    var first = 0
    for block in blocks() {
      if block.depth == point.layers.count, block.shared == point.shared {
        return point.layers.prefix(hasEqualLayers ? 1 : point.layers.count).joined().enumerated().reduce(0) {
          let dimension = block.dimensions[$1.offset % block.dimensions.count]
          return $0 * dimension.count + (dimension.place(of: $1.element) ?? 0)
        } + first
      }
      first += block.size ?? 0
    }
    return nil
  }

  /// A point by its number in a block; digits of mixed radix.
  private func point(_ number: Int, in block: SpaceBlock) -> SpacePoint {
    var rest = number
    let layers = (0..<(hasEqualLayers ? 1 : block.depth)).map { _ in
      block.dimensions.reversed().map { dimension -> Int in
        let place = rest % dimension.count
        rest /= dimension.count
        return dimension[place]
      }
    }
    // The last layer was taken first, and of a layer the last choice.
    let ordered = layers.reversed().map { Array($0.reversed()) }
    return SpacePoint(
      shared: block.shared,
      layers: hasEqualLayers ? Array(repeating: ordered[0], count: block.depth) : ordered)
  }

  /// The architectures by depth and choices for the whole.
  func blocks() -> [SpaceBlock] {
    let wholes = shared.reduce([[]]) { wholes, dimension in
      wholes.flatMap { whole in (0..<dimension.count).map { whole + [dimension[$0]] } }
    }
    return depths.flatMap { depth in
      wholes.map { SpaceBlock(depth: depth, shared: $0, dimensions: perLayer($0), isPower: !hasEqualLayers) }
    }
  }
}

/// The architectures of one depth and one set of choices for the whole.
struct SpaceBlock {
  let depth: Int
  let shared: [Int]
  let dimensions: [SpaceDimension]
  /// The number of architectures, when it fits 64 bits.
  let size: Int?
  /// The same, rounded.
  let approximate: Double

  init(depth: Int, shared: [Int], dimensions: [SpaceDimension], isPower: Bool) {
    self.depth = depth
    self.shared = shared
    self.dimensions = dimensions
    var product = ExactCount()
    var (exact, approximate): (Int?, Double) = (1, 1)
    for _ in 0..<(isPower ? depth : 1) {
      for dimension in dimensions {
        approximate *= Double(dimension.count)
        exact = exact.flatMap {
          product = ExactCount()
          product.add($0, dimension.count)
          return product.isExact ? product.value : nil
        }
      }
    }
    size = exact
    self.approximate = approximate
  }
}
