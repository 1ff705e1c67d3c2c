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
