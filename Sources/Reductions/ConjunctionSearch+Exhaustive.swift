extension ConjunctionSearch {
  /// Counts every conjunction of up to `longest` conditions that may matter: conditions that go together, in ascending order,
  /// each of which takes rows away, with no fewer than the smallest number of rows left. What is passed by keeps the same
  /// rows as a shorter conjunction, or too few.
  func exhaustive(longest: Int) -> BestBySize {
    var best = BestBySize(count: sample.count, sums: needsSums)
    let all = RowSet(count: sample.count) { _ in true }.words
    extend(all, size: sample.count, candidates: Array(places.indices), chosen: [], longest: longest, &best)
    return best
  }

  /// Counts a conjunction with each of the candidates added, then goes on from those with enough rows.
  private func extend(
    _ rows: [UInt64], size: Int, candidates: [Int], chosen: [Int], longest: Int, _ best: inout BestBySize
  ) {
    var kept: [Extension] = []
    let isLast = chosen.count + 1 >= longest
    count(rows, size: size, candidates: candidates, chosen: chosen, &best) { if !isLast { kept.append($0) } }
    for (index, made) in kept.enumerated() {
      let next = kept[(index + 1)...].map(\.condition).filter { areCompatible(made.condition, $0) }
      guard !next.isEmpty else { continue }
      let both = zip(rows, words(of: made.condition)).map { $0 & $1 }
      extend(
        both, size: made.size, candidates: next, chosen: chosen + [made.condition], longest: longest, &best)
    }
  }

  /// A conjunction with a condition added.
  struct Extension {
    /// The condition added.
    var condition: Int
    /// Rows kept.
    var size: Int
    /// Hits among them.
    var hits: Int
    /// Their sum of goodness; 0 unless sums are needed.
    var sum: Double
  }

  /// Counts a conjunction with each of the candidates added, and hands on those that take rows away and leave enough.
  @inline(__always)
  func count(
    _ rows: [UInt64], size: Int, candidates: [Int], chosen: [Int], _ best: inout BestBySize,
    _ keep: (Extension) -> Void
  ) {
    rows.withUnsafeBufferPointer { rows in
      bits.withUnsafeBufferPointer { bits in
        guard let start = bits.baseAddress else { return }
        for candidate in candidates {
          let condition = start + candidate &* wordCount
          let left = self.size(rows, and: condition)
          guard left >= minimum, left < size else { continue }
          var made = Extension(condition: candidate, size: left, hits: hits(rows, and: condition), sum: 0)
          best.hits.consider(made.hits, size: left, length: chosen.count + 1) { rule(chosen, candidate) }
          if needsSums {
            made.sum = sum(rows, and: condition)
            best.sums?.consider(made.sum, size: left, length: chosen.count + 1) { rule(chosen, candidate) }
          }
          keep(made)
        }
      }
    }
    best.evaluated += candidates.count
  }

  private func rule(_ chosen: [Int], _ added: Int) -> [Int] { (chosen + [added]).sorted().map { places[$0] } }
}
