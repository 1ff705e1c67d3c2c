import Outcomes

/// A space of encoders: a hidden size, a depth, and for each layer an operation, heads, and a feed-forward stack.
package struct EncoderSpace: RecordSpace {
  package let depths: [Int]
  package let shared: [SpaceDimension]
  /// The network whose parameters and operations are counted.
  package let variant: EncoderVariant
  private let layer: [SpaceDimension]
  private let operations: [EncoderOperation]

  /// Creates a space.
  ///
  /// - Parameters:
  ///   - depths: Numbers of layers, ascending.
  ///   - variant: The network whose parameters and operations are counted.
  /// - Throws: `Reason` when a choice has no value, or values that do not go together.
  package init(
    hiddenSizes: [Int], depths: [Int], operations: [EncoderOperation] = EncoderOperation.allCases, heads: [Int],
    feedForwardDimensions: [Int], feedForwardCounts: [Int], variant: EncoderVariant = .declared
  ) throws(Reason) {
    let lists = [hiddenSizes, depths, heads, feedForwardDimensions, feedForwardCounts]
    guard lists.allSatisfy({ !$0.isEmpty && Set($0).count == $0.count }), !operations.isEmpty,
      Set(operations).count == operations.count, depths == depths.sorted()
    else { throw Reason("every choice needs values, each once, and depths ascend") }
    // Every value once, with every value that it has to fit.
    for hidden in hiddenSizes {
      for (operation, head) in operations.flatMap({ operation in heads.map { (operation, $0) } }) {
        for (width, count) in feedForwardDimensions.flatMap({ width in feedForwardCounts.map { (width, $0) } }) {
          let layer = EncoderLayer(
            operation: operation, heads: head, feedForwardDimension: width, feedForwardCount: count)
          for depth in [depths[0], depths[depths.count - 1]] {
            guard EncoderRecord.layerCounts.contains(depth) else { throw Reason("\(depth) layers are out of range") }
            _ = try EncoderRecord(hiddenSize: hidden, layers: Array(repeating: layer, count: depth))
          }
        }
      }
    }
    self.init(hiddenSizes, depths, operations, heads, feedForwardDimensions, feedForwardCounts, variant)
  }

  /// Takes values that go together.
  private init(
    _ hiddenSizes: [Int], _ depths: [Int], _ operations: [EncoderOperation], _ heads: [Int], _ widths: [Int],
    _ counts: [Int], _ variant: EncoderVariant
  ) {
    self.depths = depths
    self.variant = variant
    self.operations = operations
    shared = [SpaceDimension("hidden-size", .list(hiddenSizes))]
    layer = [
      SpaceDimension("operation", .list(Array(operations.indices))), SpaceDimension("heads", .list(heads)),
      SpaceDimension("feed-forward-dimension", .list(widths)), SpaceDimension("feed-forward-layers", .list(counts)),
    ]
  }

  /// The space of Serianni & Kalita (2023), as `search_space.json` has it: hidden sizes 128 and 256, 2 or 4 layers, six operations,
  /// 2 or 4 heads, feed-forward widths 512 and 1,024 in 1 or 3 layers.
  ///
  /// A layer has 6·2·2·2 = 48 choices, so that there are 2·(48² + 48⁴) = 10,621,440 architectures. They stand for fewer networks. As
  /// declared, the feed-forward width does nothing: 2·(24² + 24⁴) = 664,704, and as published, where the hidden size does nothing
  /// either, half of that. As trained, operations do nothing, nor does the width of a single layer: 2·(6² + 6⁴) = 2,664.
  ///
  /// - Parameter variant: The network whose parameters and operations are counted.
  package static func published(_ variant: EncoderVariant = .declared) -> EncoderSpace {
    EncoderSpace([128, 256], [2, 4], EncoderOperation.allCases, [2, 4], [512, 1024], [1, 3], variant)
  }

  package var hasEqualLayers: Bool { false }
  package var featureNames: [String] { EncoderRecord.featureNames }
  package func perLayer(_ shared: [Int]) -> [SpaceDimension] { layer }

  package func record(_ point: SpacePoint) throws(Reason) -> ArchitectureRecord {
    guard contains(point) else { throw Reason("the choices are not of the space") }
    return .encoder(
      try EncoderRecord(
        hiddenSize: point.shared[0],
        layers: point.layers.map {
          EncoderLayer(
            operation: operations[$0[0]], heads: $0[1], feedForwardDimension: $0[2], feedForwardCount: $0[3])
        }))
  }

  package func point(_ record: ArchitectureRecord) -> SpacePoint? {
    guard case .encoder(let record) = record else { return nil }
    return SpacePoint(
      shared: [record.hiddenSize],
      layers: record.layers.map { layer in
        [
          operations.firstIndex(of: layer.operation) ?? -1, layer.heads, layer.feedForwardDimension,
          layer.feedForwardCount,
        ]
      })
  }

  package func parameterCount(_ record: ArchitectureRecord) throws(Reason) -> Int {
    guard case .encoder(let record) = record else { throw Reason("the architecture is no encoder") }
    return record.parameterCount(variant)
  }

  package func operationCount(
    _ record: ArchitectureRecord, sequenceLength: Int, batchSize: Int
  ) throws(Reason) -> Int {
    guard case .encoder(let record) = record else { throw Reason("the architecture is no encoder") }
    return try record.floatingPointOperations(variant, sequenceLength: sequenceLength, batchSize: batchSize).total
  }
}
