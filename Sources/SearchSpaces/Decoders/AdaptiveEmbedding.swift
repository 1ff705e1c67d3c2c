import Outcomes

/// The embedding of a decoder and its softmax, in clusters of tokens (Baevski & Auli 2019; Grave et al. 2017): tokens after a cutoff
/// have shorter vectors.
///
/// Cluster i holds the tokens `clusterEnds[i − 1]` … `clusterEnds[i] − 1` and has vectors of width wᵢ = e div vⁱ, with e the width
/// and v the divisor, projected to the model's width d. With v = 1 there is one table for all clusters, with one projection, and
/// none when e = d. The softmax has a row for each token of cluster 0 and for each later cluster, and one over the tokens of each
/// later cluster.
package struct AdaptiveEmbedding: Sendable, Hashable {
  /// Tokens V of the vocabulary.
  package let vocabularySize: Int
  /// Width e of the vectors of cluster 0.
  package let width: Int
  /// Divisor v of the widths, `div_val`.
  package let divisor: Int
  /// For each cluster the token after its last; the last of them is V.
  package let clusterEnds: [Int]
  /// For each cluster whether the softmax takes the projection of the embedding rather than one of its own, `tie_projs`.
  package let tiesProjections: [Bool]
  /// Whether the softmax takes the vectors of the embedding rather than its own, `tie_weight`.
  package let tiesWeights: Bool

  /// The vocabularies that are allowed.
  package static let vocabularySizes = 2...16_777_216
  /// The widths that are allowed.
  package static let widths = 1...65_536
  /// The divisors that are allowed.
  package static let divisors = 1...1024
  /// The numbers of cutoffs that are allowed.
  package static let cutoffCounts = 0...32

  /// Creates an embedding.
  ///
  /// - Parameters:
  ///   - cutoffs: As configurations list them: ascending first tokens of the clusters after the first. From the first cutoff that is
  ///     V or more, all are left out, so that released lists such as 19,997, 39,997, 199,997, 50,264 of 50,264 tokens make
  ///     three clusters.
  ///   - tiesProjections: For each cluster, and possibly for more; false for those left out.
  /// - Throws: `Reason` for sizes out of range, cutoffs that do not ascend, and a cluster whose width would be 0.
  package init(
    vocabularySize: Int, width: Int, divisor: Int = 1, cutoffs: [Int] = [], tiesProjections: [Bool] = [],
    tiesWeights: Bool = true
  ) throws(Reason) {
    for (name, value, range) in [
      ("vocabulary", vocabularySize, Self.vocabularySizes), ("embedding width", width, Self.widths),
      ("divisor", divisor, Self.divisors), ("number of cutoffs", cutoffs.count, Self.cutoffCounts),
    ] where !range.contains(value) {
      throw Reason("the \(name) is \(value), not a whole number \(RecordReader.text(range))")
    }
    let inner = Self.inner(cutoffs, of: vocabularySize)
    guard zip([0] + inner, inner).allSatisfy({ $0 < $1 }) else {
      throw Reason("the cutoffs do not ascend from above 0")
    }
    self.vocabularySize = vocabularySize
    self.width = width
    self.divisor = divisor
    self.tiesWeights = tiesWeights
    clusterEnds = inner + [vocabularySize]
    self.tiesProjections = clusterEnds.indices.map { $0 < tiesProjections.count && tiesProjections[$0] }
    guard let last = clusterWidths.last, last > 0 else {
      throw Reason("the last of \(clusterEnds.count) clusters has a width of 0")
    }
  }

  /// The cutoffs that are in force.
  static func inner(_ cutoffs: [Int], of vocabularySize: Int) -> [Int] {
    Array(cutoffs.prefix { $0 < vocabularySize })
  }

  /// For each cluster the number of its tokens.
  package var clusterSizes: [Int] { zip(clusterEnds, [0] + clusterEnds).map { $0 - $1 } }

  /// For each cluster the width wᵢ of its vectors.
  package var clusterWidths: [Int] {
    var widths: [Int] = []
    var width = width
    for _ in clusterEnds {
      widths.append(width)
      width /= divisor
    }
    return widths
  }

  /// Whether vectors are projected to the width of a model: always where they get shorter, otherwise where e ≠ d.
  package func projects(to modelWidth: Int) -> Bool { divisor > 1 || width != modelWidth }

  /// The parameters of the embedding: Σ rowsᵢ·wᵢ and the projections Σ d·wᵢ, one of them with v = 1.
  package func parameterCount(modelWidth: Int) -> Int {
    let tables = zip(clusterSizes, clusterWidths).reduce(0) { $0 + $1.0 * $1.1 }
    guard projects(to: modelWidth) else { return tables }
    return tables + modelWidth * (divisor == 1 ? width : clusterWidths.reduce(0, +))
  }

  /// The parameters that the softmax has of its own: with m clusters after the first, m·e + m for their rows in the first softmax, V
  /// biases, the projections that are not tied, and the vectors if they are not.
  package func softmaxParameterCount(modelWidth: Int) -> Int {
    let tails = clusterEnds.count - 1
    var count = tails * (width + 1) + vocabularySize
    for (index, clusterWidth) in clusterWidths.enumerated() {
      if projects(to: modelWidth), !tiesProjections[index] { count += modelWidth * clusterWidth }
      if !tiesWeights { count += clusterSizes[index] * clusterWidth }
    }
    return count
  }
}
