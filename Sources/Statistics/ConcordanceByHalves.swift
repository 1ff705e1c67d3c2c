import Outcomes

/// Where Kendall's τ comes from: the concordance of pairs inside the best half of the second column, inside its worst half, and of
/// pairs with one row in each.
///
/// The three parts of S = concordant − discordant pairs add up to it. The best half is `Truncation.rows` of share ½, ties with
/// its last row included. In a Gaussian copula with the same S/n₀ (n₀ pairs), a half with share p of the rows has the share p² τₚ/τ
/// of S (`RangeRestriction`): about .16 for τ = .37, so that two thirds come from pairs between halves where nothing is
/// special about either.
package struct ConcordanceByHalves: Sendable, Hashable {
  /// Pairs of one kind.
  package struct Part: Sendable, Hashable {
    /// Their number.
    package var pairs: Int
    /// Concordant less discordant ones.
    package var concordance: Int
    /// Their share of S.
    package var share: Double
    /// The share that they have in the Gaussian copula.
    package var reference: Double
  }

  package let best: Part
  package let worst: Part
  package let between: Part

  /// Counts the pairs of a sample. O(n log n).
  ///
  /// - Throws: `Reason` when as many pairs are concordant as discordant.
  package init(_ sample: PairedSample) throws(Reason) {
    let whole = RankedPairs(x: sample.x, y: sample.y).pairCounts()
    guard whole.concordance != 0 else { throw Reason("as many pairs are concordant as discordant") }
    let kept = Set(Truncation.rows(sample.y, share: 0.5, higherIsBetter: sample.second.higherIsBetter))
    func counts(_ rows: [Int]) -> PairCounts {
      RankedPairs(x: rows.map { sample.x[$0] }, y: rows.map { sample.y[$0] }).pairCounts()
    }
    let (total, pairs) = (Double(whole.concordance), Double(whole.pairs))
    func part(_ rows: [Int]) -> Part {
      let counts = counts(rows)
      let share = Double(rows.count) / Double(sample.count)
      let reference = RangeRestriction.kendall(total / pairs, share: share)
      return Part(
        pairs: Int(counts.pairs), concordance: Int(counts.concordance), share: Double(counts.concordance) / total,
        reference: reference * Double(counts.pairs) / total)
    }
    let (best, worst) = (
      part(sample.x.indices.filter { kept.contains($0) }), part(sample.x.indices.filter { !kept.contains($0) })
    )
    let rest = Int(whole.concordance) - best.concordance - worst.concordance
    self.best = best
    self.worst = worst
    between = Part(
      pairs: Int(whole.pairs) - best.pairs - worst.pairs, concordance: rest, share: Double(rest) / total,
      reference: 1 - best.reference - worst.reference)
  }
}
