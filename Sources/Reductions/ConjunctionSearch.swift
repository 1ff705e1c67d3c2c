/// The common ground of all searches through conjunctions on one part of the rows: the conditions as bits, which of them go together,
/// and counting.
struct ConjunctionSearch: Sendable {
  let sample: RuleSample
  /// Places of the conditions that are searched, in the list: of those that select the same rows of the part the first, none
  /// that keeps fewer than the smallest number of rows, or all.
  let places: [Int]
  /// The rows of each of these conditions as bits, `wordCount` words for one, one condition after the other.
  let bits: [UInt64]
  /// Number of 64-bit words that hold the rows of a condition.
  let wordCount: Int
  /// The fewest rows that a rule keeps.
  let minimum: Int
  /// True when the objective is the mean target, so that sums are computed beside sizes and hits.
  let needsSums: Bool
  private let compatible: [RowSet]
  private let sureMask: [UInt64]
  private let tiedMask: [UInt64]
  private let byteSums: [Double]

  init(_ list: ConditionList, _ sample: RuleSample, minimum: Int, needsSums: Bool) {
    self.sample = sample
    self.minimum = max(1, minimum)
    self.needsSums = needsSums
    wordCount = RowSet.wordCount(sample.count)
    var places: [Int] = []
    var bits: [UInt64] = []
    var sizes: [Int] = []
    var known: Set<[UInt64]> = []
    for (place, rows) in list.rows.enumerated() {
      let words = sample.words(rows)
      let size = words.reduce(0) { $0 + $1.nonzeroBitCount }
      guard size >= max(1, minimum), size < sample.count, known.insert(words).inserted else { continue }
      places.append(place)
      bits += words
      sizes.append(size)
    }
    self.places = places
    self.bits = bits
    let words = wordCount
    let least = self.minimum
    compatible = places.indices.map { first in
      RowSet(count: places.count) { second in
        guard list.conditions[places[first]].goesWith(list.conditions[places[second]]) else { return false }
        let both = (0..<words).reduce(0) {
          $0 + (bits[first * words + $1] & bits[second * words + $1]).nonzeroBitCount
        }
        return both >= least && both < min(sizes[first], sizes[second])
      }
    }
    let topWords = RowSet.wordCount(sample.sureCount + sample.tiedCount)
    sureMask = Array(RowSet(count: topWords * 64) { $0 < sample.sureCount }.words)
    tiedMask = Array(
      RowSet(count: topWords * 64) { $0 >= sample.sureCount && $0 < sample.sureCount + sample.tiedCount }.words)
    byteSums = needsSums ? Self.byteSums(sample.goodness, words: words) : []
  }

  /// True when two conditions may stand in one rule: they are not about the same feature unless they make a range, neither
  /// implies the other, and together they keep enough rows.
  func areCompatible(_ first: Int, _ second: Int) -> Bool { compatible[first].contains(second) }

  /// The rows that meet a condition, as words.
  func words(of condition: Int) -> [UInt64] { Array(bits[condition * wordCount..<(condition + 1) * wordCount]) }

  /// The number of rows that are in both.
  @inline(__always)
  func size(_ rows: UnsafeBufferPointer<UInt64>, and condition: UnsafePointer<UInt64>) -> Int {
    var size = 0
    for word in 0..<rows.count { size &+= (rows[word] & condition[word]).nonzeroBitCount }
    return size
  }

  /// The hits among the rows that are in both.
  @inline(__always)
  func hits(_ rows: UnsafeBufferPointer<UInt64>, and condition: UnsafePointer<UInt64>) -> Int {
    var (sure, tied) = (0, 0)
    for word in 0..<sureMask.count {
      let both = rows[word] & condition[word]
      sure &+= (both & sureMask[word]).nonzeroBitCount
      tied &+= (both & tiedMask[word]).nonzeroBitCount
    }
    return sure &* sample.hitUnit &+ tied &* (sample.topSize &- sample.sureCount)
  }

  /// The sum of goodness of the rows that are in both, a byte of rows at a time.
  @inline(__always)
  func sum(_ rows: UnsafeBufferPointer<UInt64>, and condition: UnsafePointer<UInt64>) -> Double {
    byteSums.withUnsafeBufferPointer { table in
      var sum = 0.0
      for word in 0..<rows.count {
        var both = rows[word] & condition[word]
        var offset = word &* 2048
        while both != 0 {
          sum += table[offset &+ Int(truncatingIfNeeded: both & 255)]
          both &>>= 8
          offset &+= 256
        }
      }
      return sum
    }
  }

  /// The sum of every subset of each eight rows.
  private static func byteSums(_ values: [Double], words: Int) -> [Double] {
    var table = [Double](repeating: 0, count: words * 2048)
    for byte in 0..<words * 8 {
      for pattern in 1..<256 {
        let row = byte * 8 + pattern.trailingZeroBitCount
        let rest = table[byte * 256 + (pattern & (pattern - 1))]
        table[byte * 256 + pattern] = rest + (row < values.count ? values[row] : 0)
      }
    }
    return table
  }
}

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

extension ConjunctionSearch {
  private struct Candidate {
    var conditions: [Int]
    var size: Int
    var merit: Double
  }

  /// Counts conjunctions that grow from the most promising ones: of each length the `width` best are kept and extended by
  /// every condition that goes with theirs.
  ///
  /// The merit is the objective's score; for recall it is that of a random draw of as many of the rule's rows as may be kept,
  /// hits · min(1, most rows / rows), so that rules that are too large still lead somewhere. Equal merits: the smaller rule,
  /// then the one that comes first.
  func beam(width: Int, longest: Int, objective: RuleObjective) -> BestBySize {
    var best = BestBySize(count: sample.count, sums: needsSums)
    var beam = [Candidate(conditions: [], size: sample.count, merit: 0)]
    for _ in 0..<longest {
      var next: [Candidate] = []
      for start in beam {
        let candidates = places.indices.filter { place in
          !start.conditions.contains(place) && start.conditions.allSatisfy { areCompatible($0, place) }
        }
        count(words(ofAll: start.conditions), size: start.size, candidates: candidates, chosen: start.conditions, &best)
        {
          next.append(
            Candidate(
              conditions: (start.conditions + [$0.condition]).sorted(), size: $0.size, merit: merit(objective, $0)))
        }
        if next.count > 16 * width + 4096 { Self.trim(&next, to: width) }
      }
      Self.trim(&next, to: width)
      beam = next
    }
    return best
  }

  private func words(ofAll conditions: [Int]) -> [UInt64] {
    var rows = RowSet(count: sample.count) { _ in true }.words
    for condition in conditions {
      for word in rows.indices { rows[word] &= bits[condition * wordCount + word] }
    }
    return rows
  }

  /// The best of the candidates, each once.
  private static func trim(_ candidates: inout [Candidate], to width: Int) {
    candidates.sort { left, right in
      if left.merit != right.merit { return left.merit > right.merit }
      if left.size != right.size { return left.size < right.size }
      return left.conditions.lexicographicallyPrecedes(right.conditions)
    }
    var distinct: [Candidate] = []
    for candidate in candidates where distinct.count < width {
      if distinct.last?.conditions != candidate.conditions { distinct.append(candidate) }
    }
    candidates = distinct
  }

  private func merit(_ objective: RuleObjective, _ made: Extension) -> Double {
    switch objective {
    case .recall(let share):
      Double(made.hits) * min(1, Double(BestBySize.greatestSize(share, of: sample.count)) / Double(made.size))
    case .enrichment: Double(made.hits) / Double(made.size)
    case .mean: made.sum / Double(made.size)
    }
  }
}
