import SearchSpaces
import Tables

/// Scores that follow from an architecture's description alone, as columns of the datasets that describe architectures.
extension SpectralCapacity {
  /// The scores of an encoder.
  mutating func cells(of record: EncoderRecord) -> [String: Cell] {
    let merged = record.capacityMatrices()
    return [
      "neural-spectral-capacity": .real(value(of: merged, scale: .xavier)),
      "neural-spectral-capacity-kaiming": .real(value(of: merged, scale: .kaiming)),
      "neural-spectral-capacity-constant": .real(value(of: merged, scale: .gpt2)),
      "neural-spectral-capacity-per-head": .real(
        value(of: record.capacityMatrices(attention: .perHead), scale: .xavier)),
      "neural-spectral-capacity-stacked": .real(
        value(of: record.capacityMatrices(feedForward: .stack), scale: .xavier)),
      "lpzero-expected": .real(record.expectedLPZero(keepsHooks: true)),
      "lpzero-expected-once": .real(record.expectedLPZero(keepsHooks: false)),
    ]
  }

  /// The scores of a decoder.
  mutating func cells(of record: DecoderRecord) -> [String: Cell] {
    let perHead = record.capacityMatrices()
    return [
      "neural-spectral-capacity": .real(value(of: perHead, scale: .gpt2)),
      "neural-spectral-capacity-xavier": .real(value(of: perHead, scale: .xavier)),
      "neural-spectral-capacity-merged": .real(value(of: record.capacityMatrices(attention: .merged), scale: .gpt2)),
      "lpzero-closed-form": .real(record.lpZero),
    ]
  }
}
