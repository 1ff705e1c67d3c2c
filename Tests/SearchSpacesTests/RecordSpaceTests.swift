import Outcomes
import Statistics
import Testing

@testable import SearchSpaces

@Suite struct RecordSpaceTests {
  private let published = EncoderSpace.published()

  /// Two operations, one of everything else, one or two layers: 2 + 4 architectures for each of two hidden sizes.
  private func small() throws -> EncoderSpace {
    try EncoderSpace(
      hiddenSizes: [8, 16], depths: [1, 2], operations: [.fourier, .convolution5], heads: [2],
      feedForwardDimensions: [32], feedForwardCounts: [1])
  }

  @Test func thePublishedCount() throws {
    #expect(published.size == SpaceSize(exact: 10_621_440, approximate: 10_621_440))
    #expect(try published.element(at: 0).json.hasPrefix(#"{"hidden_size": 128, "encoder_layers": [{"operation_type""#))
    for wrong in [-1, 10_621_440, .max] { #expect(throws: Reason.self) { try published.element(at: wrong) } }
    // The ends of the blocks, and others far apart.
    for index in [0, 2303, 2304, 4607, 4608, 5_313_023, 5_313_024, 10_621_439]
      + stride(from: 17, to: 10_621_440, by: 99_991)
    {
      #expect(try published.index(of: published.element(at: index)) == index)
    }
  }

  /// Different networks of the architectures with two layers.
  @Test func networksOfTheSmallerHalf() throws {
    var networks: [EncoderVariant: Set<String>] = [:]
    var records: Set<ArchitectureRecord> = []
    for index in 0..<4608 {
      let record = try published.element(at: index)
      records.insert(record)
      guard case .encoder(let encoder) = record else { continue }
      #expect(encoder.layers.count == 2)
      for variant in EncoderVariant.allCases { networks[variant, default: []].insert(encoder.network(variant)) }
    }
    #expect(records.count == 4608 && networks[.declared]?.count == 2 * 24 * 24)
    #expect(networks[.published]?.count == 24 * 24 && networks[.asTrained]?.count == 2 * 6 * 6)
  }

  @Test func samplesWithoutReplacement() throws {
    let space = try small()
    #expect(space.size.exact == 12)
    let all = try space.sample(count: 12, seed: 3)
    #expect(Set(all).count == 12 && Set(all.compactMap { space.index(of: $0) }) == Set(0..<12))
    #expect(try space.sample(count: 5, seed: 3) == Array(all.prefix(5)) && space.sample(count: 12, seed: 4) != all)
    #expect(throws: Reason.self) { try space.sample(count: 13, seed: 3) }
    #expect(throws: Reason.self) { try space.sample(count: -1, seed: 3) }
    // Every order of the first two is about equally likely: 132 of them in 2,640 draws.
    var counts: [[Int]: Int] = [:]
    for seed in 0..<2640 {
      counts[try space.sample(count: 2, seed: UInt64(seed)).compactMap { space.index(of: $0) }, default: 0] += 1
    }
    let deviation = counts.values.reduce(0.0) { $0 + (Double($1) - 20) * (Double($1) - 20) / 20 }
    #expect(counts.count == 132 && deviation > 80 && deviation < 190, "\(deviation)")
    let byChoice = try space.sample(count: 12, seed: 9, .byChoice)
    #expect(Set(byChoice).count == 12)
  }

  @Test func depthsOfSamples() throws {
    func shallow(_ sampling: SpaceSampling) throws -> Int {
      try published.sample(count: 500, seed: 1, sampling).count {
        if case .encoder(let record) = $0 { record.layers.count == 2 } else { false }
      }
    }
    // 0.04 % of all have two layers; by choice half of a sample has, as in the benchmark (239 of 500).
    #expect(try shallow(.uniform) < 5 && abs(shallow(.byChoice) - 250) < 50)
    let deep = try DecoderSpace.gpt2.sample(count: 150, seed: 2, .byChoice)
    #expect(Set(deep.compactMap { DecoderSpace.gpt2.point($0)?.layers.count }).count == 15)
    let uniform = try DecoderSpace.gpt2.sample(count: 50, seed: 2)
    #expect(Set(uniform).count == 50 && uniform.allSatisfy { DecoderSpace.gpt2.point($0)?.layers.count == 16 })
    #expect(try DecoderSpace.gpt2.sample(count: 20, seed: 2) == Array(uniform.prefix(20)))
  }

  @Test func decoderSpaces() throws {
    let space = DecoderSpace.gpt2
    #expect(space.size.exact == nil && abs(space.size.approximate / 1.133e60 - 1) < 0.01)
    #expect(throws: Reason.self) { try space.element(at: 0) }
    let alike = DecoderSpace.transformerXLHomogeneous
    // Three depths, three divisors; per model width 2 embeddings · 2 heads · 1,537 widths.
    #expect(alike.size.exact == 3 * 3 * 3 * 2 * 2 * 1537)
    for index in stride(from: 0, to: 165_996, by: 4999) {
      #expect(try alike.index(of: alike.element(at: index)) == index)
    }
    #expect(!space.contains(try alike.element(at: 7)))
    #expect(!alike.featureNames.isEmpty && alike.featureNames == space.featureNames)
    let drawn = try DecoderSpace.transformerXL.sample(count: 300, seed: 5, .byChoice)
    for case .decoder(let configuration) in drawn {
      #expect(configuration.layers.allSatisfy { $0.feedForwardDimension >= max(512, 2 * configuration.width) })
    }
    #expect(try space.parameterCount(space.sample(count: 1, seed: 0)[0]) > 1_000_000)
    #expect(throws: Reason.self) { try space.parameterCount(published.element(at: 0)) }
    #expect(throws: Reason.self) { try published.operationCount(alike.element(at: 0), sequenceLength: 8, batchSize: 1) }
  }

  @Test func neighbours() throws {
    let record = try published.element(at: 5_000_000)
    // The hidden size; for each of four layers five operations, heads, width, count.
    let near = try published.neighbours(of: record)
    #expect(near.count == 1 + 4 * 8 && Set(near).count == near.count && !near.contains(record))
    for other in near { #expect(try published.neighbours(of: other).contains(record)) }
    let alike = try DecoderSpace.transformerXLHomogeneous.element(at: 0)
    // Two widths, an embedding, two divisors, a number of heads, one wider feed-forward network.
    #expect(try DecoderSpace.transformerXLHomogeneous.neighbours(of: alike).count == 2 + 1 + 2 + 1 + 1)
    #expect(throws: Reason.self) { try published.neighbours(of: alike) }
  }

  @Test(arguments: PublishedSpace.allCases) func mutations(_ published: PublishedSpace) throws {
    let space = published.space()
    var generator = SeededGenerator(seed: 8)
    var record = try space.sample(count: 1, seed: 8, .byChoice)[0]
    #expect(record.kind == published.kind && record.features.map(\.name) == space.featureNames)
    var changed: Set<String> = []
    for _ in 0..<1500 {
      let next = try space.mutated(record, &generator)
      let (old, new) = try (#require(space.point(record)), #require(space.point(next)))
      #expect(next != record && space.contains(next))
      if old.layers.count != new.layers.count {
        changed.insert("depth")
        #expect(old.shared == new.shared && zip(old.layers, new.layers).allSatisfy { $0 == $1 })
      } else if old.shared != new.shared {
        changed.insert("shared")
        #expect(zip(old.shared, new.shared).count { $0 != $1 } == 1)
      } else {
        changed.insert("layers")
        #expect(space.hasEqualLayers || zip(old.layers.joined(), new.layers.joined()).count { $0 != $1 } == 1)
      }
      record = next
    }
    #expect(changed.count == 3)
    let fixed = try EncoderSpace(
      hiddenSizes: [8], depths: [1], operations: [.cosine], heads: [2], feedForwardDimensions: [1],
      feedForwardCounts: [1])
    let only = try fixed.element(at: 0)
    #expect(try fixed.mutated(only, &generator) == only && fixed.neighbours(of: only).isEmpty)
  }

  @Test func spacesAreChecked() {
    func make(_ hidden: [Int], _ depths: [Int], _ heads: [Int]) throws -> EncoderSpace {
      try EncoderSpace(
        hiddenSizes: hidden, depths: depths, heads: heads, feedForwardDimensions: [8], feedForwardCounts: [1])
    }
    for (hidden, depths, heads) in [
      ([8], [1], [3]), ([], [1], [2]), ([8], [0], [2]), ([8, 8], [1], [2]), ([8], [2, 1], [2]),
    ] {
      #expect(throws: Reason.self) { try make(hidden, depths, heads) }
    }
  }
}
