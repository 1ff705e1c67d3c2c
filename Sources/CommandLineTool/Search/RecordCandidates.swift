import ArchitectureSearch
import Outcomes
import SearchSpaces
import Sizes
import Statistics

/// Architectures that are searched before anything of them was trained: a published space, or those of files.
struct RecordCandidates: CandidateSpace {
  /// Where they come from.
  enum Source: Sendable {
    case space(any RecordSpace)
    /// At least one.
    case records([ArchitectureRecord])
  }

  let source: Source
  /// What counts parameters and operations.
  private let counting: any RecordSpace
  private let variant: EncoderVariant
  /// The length of the sequence whose operations are counted.
  private let steps: Int

  /// Candidates of one kind.
  ///
  /// - Parameters:
  ///   - variant: The network of an encoder's record.
  ///   - steps: The length of the sequence whose operations are counted.
  init(_ source: Source, kind: ArchitectureKind, variant: EncoderVariant, steps: Int) {
    self.source = source
    self.variant = variant
    self.steps = steps
    switch kind {
    case .gpt2: counting = PublishedSpace.gpt2.space()
    case .transformerXL: counting = PublishedSpace.transformerXL.space()
    case .encoder, .recurrentCell: counting = PublishedSpace.encoders.space(variant)
    }
  }

  /// Quantities that bounds may be about, beside the features of the architectures.
  static let quantities = ["parameters", "flops"]

  /// Spaces beyond this size are drawn from and not gone through: bounds that none keeps would take too long to find out.
  private static let enumerable = 100_000

  var count: Int? {
    switch source {
    case .space(let space): space.size.exact.flatMap { $0 <= Self.enumerable ? $0 : nil }
    case .records(let records): records.count
    }
  }

  func candidate(at index: Int) -> ArchitectureRecord? {
    switch source {
    case .space(let space): Outcome.of { () throws(Reason) in try space.element(at: index) }.value
    case .records(let records): records.indices.contains(index) ? records[index] : nil
    }
  }

  /// Drawn choice by choice, as published samples are.
  func sample(seed: UInt64) -> ArchitectureRecord {
    var generator = SeededGenerator(seed: seed)
    switch source {
    case .space(let space):
      guard let drawn = Outcome.of({ () throws(Reason) in try space.drawn(&generator) }).value else {
        preconditionFailure("choices of a published space go together")
      }
      return drawn
    case .records(let records): return records[generator.next(below: records.count)]
    }
  }

  func mutated(_ candidate: ArchitectureRecord, seed: UInt64) -> ArchitectureRecord {
    guard case .space(let space) = source else { return sample(seed: seed) }
    var generator = SeededGenerator(seed: seed)
    return Outcome.of { () throws(Reason) in try space.mutated(candidate, &generator) }.value ?? candidate
  }

  /// Records of one network are one candidate.
  func text(of candidate: ArchitectureRecord) -> String {
    if case .encoder(let record) = candidate { record.network(variant) } else { candidate.json }
  }

  func quantity(_ name: String, of candidate: ArchitectureRecord) -> Double? {
    switch name {
    case "parameters":
      Outcome.of { () throws(Reason) in Double(try counting.parameterCount(candidate)) }.value
    case "flops":
      Outcome.of { () throws(Reason) in
        Double(try counting.operationCount(candidate, sequenceLength: steps, batchSize: 1))
      }.value
    default: candidate.features.first { $0.name == name }?.value
    }
  }
}
