import Outcomes
import Statistics

/// How architectures are drawn from a space.
package enum SpaceSampling: String, Sendable, Hashable, CaseIterable {
  /// Every architecture is equally likely. Nearly all of them have the greatest depth.
  case uniform
  /// Choice by choice, depth first, each value equally likely: as published samples are drawn, which have all depths alike.
  case byChoice = "by-choice"
}

extension RecordSpace {
  /// Different architectures in random order. They depend on the space, the seed and the way of drawing alone, and are the first of
  /// those of a larger count. O(count).
  ///
  /// - Throws: `Reason` when there are not so many, or, drawn by choice, 10,000 in a row were drawn already.
  package func sample(
    count: Int, seed: UInt64, _ sampling: SpaceSampling = .uniform
  ) throws(Reason) -> [ArchitectureRecord] {
    guard count >= 0 else { throw Reason("\(count) architectures cannot be drawn") }
    let size = size
    if let all = size.exact, count > all { throw Reason("the space has \(all) architectures, not \(count)") }
    var generator = SeededGenerator(seed: seed)
    if sampling == .uniform, let all = size.exact { return try numbered(count, of: all, &generator) }
    let blocks = blocks()
    var drawn: [ArchitectureRecord] = []
    var seen: Set<SpacePoint> = []
    var repeats = 0
    while drawn.count < count {
      let point = sampling == .uniform ? point(size, blocks, &generator) : pointByChoice(&generator)
      guard seen.insert(point).inserted else {
        repeats += 1
        guard repeats < 10_000 else {
          throw Reason("only \(drawn.count) of \(count) different architectures were found")
        }
        continue
      }
      repeats = 0
      drawn.append(try record(point))
    }
    return drawn
  }

  /// An architecture drawn choice by choice; see `SpaceSampling.byChoice`. O(layers).
  ///
  /// - Throws: `Reason` for choices that do not go together, of which published spaces have none.
  package func drawn(_ generator: inout SeededGenerator) throws(Reason) -> ArchitectureRecord {
    try record(pointByChoice(&generator))
  }

  /// The first architectures of a random order of all: a shuffle of which only what moved is kept.
  private func numbered(
    _ count: Int, of all: Int, _ generator: inout SeededGenerator
  ) throws(Reason) -> [ArchitectureRecord] {
    var moved: [Int: Int] = [:]
    var drawn: [ArchitectureRecord] = []
    for place in 0..<count {
      let other = place + generator.next(below: all - place)
      drawn.append(try element(at: moved[other] ?? other))
      moved[other] = moved[place] ?? place
      moved[place] = nil
    }
    return drawn
  }

  /// A point of a space with too many to number: a block by its share, then the choices for the layers.
  private func point(
    _ size: SpaceSize, _ blocks: [SpaceBlock], _ generator: inout SeededGenerator
  ) -> SpacePoint {
    var rest = Double(generator.next() >> 11) / 9_007_199_254_740_992 * size.approximate
    for block in blocks.dropLast() {
      if rest < block.approximate { return layers(block.shared, block.depth, &generator) }
      rest -= block.approximate
    }
    let last = blocks[blocks.count - 1]
    return layers(last.shared, last.depth, &generator)
  }

  private func pointByChoice(_ generator: inout SeededGenerator) -> SpacePoint {
    let depth = depths[generator.next(below: depths.count)]
    return layers(shared.map { $0[generator.next(below: $0.count)] }, depth, &generator)
  }

  private func layers(_ shared: [Int], _ depth: Int, _ generator: inout SeededGenerator) -> SpacePoint {
    let dimensions = perLayer(shared)
    if hasEqualLayers {
      return SpacePoint(
        shared: shared, layers: Array(repeating: layer(dimensions, &generator), count: depth))
    }
    var layers: [[Int]] = []
    for _ in 0..<depth { layers.append(layer(dimensions, &generator)) }
    return SpacePoint(shared: shared, layers: layers)
  }

  private func layer(_ dimensions: [SpaceDimension], _ generator: inout SeededGenerator) -> [Int] {
    dimensions.map { $0[generator.next(below: $0.count)] }
  }
}

extension RecordSpace {
  /// The architectures of the same depth that differ in one choice, in the order of the choices: in each other value of a choice with
  /// up to eight, and in the values next to it where there are more. Where a choice for the whole narrows those for layers, these
  /// become the closest that are left.
  ///
  /// - Throws: `Reason` for an architecture that is not of the space.
  package func neighbours(of record: ArchitectureRecord) throws(Reason) -> [ArchitectureRecord] {
    let point = try member(record)
    var points: [SpacePoint] = []
    for (index, dimension) in shared.enumerated() {
      points += others(dimension, point.shared[index]).map { changed(point, shared: index, to: $0) }
    }
    for layer in 0..<(hasEqualLayers ? 1 : point.layers.count) {
      for (index, dimension) in perLayer(point.shared).enumerated() {
        points += others(dimension, point.layers[layer][index]).map { changed(point, layer: layer, index, to: $0) }
      }
    }
    var records: [ArchitectureRecord] = []
    for point in points { records.append(try self.record(point)) }
    return records
  }

  /// The architecture with one choice, drawn at random, replaced by another value, drawn at random. The depth is one of the choices:
  /// layers are taken away from the top, or drawn and put there. The same architecture when there is no other choice.
  ///
  /// - Throws: `Reason` for an architecture that is not of the space.
  package func mutated(
    _ record: ArchitectureRecord, _ generator: inout SeededGenerator
  ) throws(Reason) -> ArchitectureRecord {
    let point = try member(record)
    let dimensions = perLayer(point.shared)
    let layerCount = hasEqualLayers ? 1 : point.layers.count
    // Depth, choices for the whole, choices for layers: those that have another value.
    var choices: [Int] = depths.count > 1 ? [0] : []
    choices += shared.indices.filter { shared[$0].count > 1 }.map { 1 + $0 }
    let first = 1 + shared.count
    choices += (0..<layerCount).flatMap { layer in
      dimensions.indices.filter { dimensions[$0].count > 1 }.map { first + layer * dimensions.count + $0 }
    }
    guard !choices.isEmpty else { return record }
    func other(than value: Int, of dimension: SpaceDimension) -> Int {
      let place = dimension.place(of: value) ?? 0
      let drawn = generator.next(below: dimension.count - 1)
      return dimension[drawn < place ? drawn : drawn + 1]
    }
    let choice = choices[generator.next(below: choices.count)]
    if choice == 0 {
      let depth = other(than: point.layers.count, of: SpaceDimension("depth", .list(depths)))
      var layers = Array(point.layers.prefix(depth))
      while layers.count < depth { layers.append(hasEqualLayers ? layers[0] : layer(dimensions, &generator)) }
      return try self.record(SpacePoint(shared: point.shared, layers: layers))
    }
    if choice < first {
      let value = other(than: point.shared[choice - 1], of: shared[choice - 1])
      return try self.record(changed(point, shared: choice - 1, to: value))
    }
    let (layer, index) = (choice - first).quotientAndRemainder(dividingBy: dimensions.count)
    let value = other(than: point.layers[layer][index], of: dimensions[index])
    return try self.record(changed(point, layer: layer, index, to: value))
  }

  private func member(_ record: ArchitectureRecord) throws(Reason) -> SpacePoint {
    guard let point = point(record), contains(point) else { throw Reason("the architecture is not of the space") }
    return point
  }

  private func others(_ dimension: SpaceDimension, _ value: Int) -> [Int] {
    guard let place = dimension.place(of: value) else { return [] }
    let places = dimension.count <= 8 ? Array(0..<dimension.count) : [place - 1, place + 1]
    return places.filter { $0 != place && (0..<dimension.count).contains($0) }.map { dimension[$0] }
  }

  private func changed(_ point: SpacePoint, shared index: Int, to value: Int) -> SpacePoint {
    var point = point
    point.shared[index] = value
    let dimensions = perLayer(point.shared)
    point.layers = point.layers.map { layer in zip(dimensions, layer).map { $0.closest(to: $1) } }
    return point
  }

  private func changed(_ point: SpacePoint, layer: Int, _ index: Int, to value: Int) -> SpacePoint {
    var point = point
    for place in hasEqualLayers ? Array(point.layers.indices) : [layer] { point.layers[place][index] = value }
    return point
  }
}
