import Outcomes
import Statistics

/// The strata of size and the folds of a search.
struct ProxySearchSplits: Sendable {
  /// The rows that a fold's search learns from, decides on, and is judged on; no row is in two of them, and no unit either.
  struct Part: Sendable {
    var training: [Int]
    var choosing: [Int]
    var reporting: [Int]
  }

  /// The stratum of size of each row.
  let sizeStrata: [Int]
  /// The fold of each row.
  let folds: [Int]
  let foldCount: Int

  init(_ problem: ProxySearchProblem, _ spec: ProxySearchSpec) throws(Reason) {
    guard problem.units.count >= spec.folds else {
      throw Reason("\(problem.units.count) units cannot be dealt to \(spec.folds) folds")
    }
    sizeStrata = Self.strata(problem, spec)
    folds = Self.deal(problem, spec)
    foldCount = spec.folds
  }

  /// The rows of a search. Fold `foldCount` is the final search, which nothing is kept back from but the choosing rows.
  func part(_ fold: Int) -> Part {
    let choosing = fold < foldCount ? (fold + 1) % foldCount : 0
    return Part(
      training: folds.indices.filter { folds[$0] != fold && folds[$0] != choosing },
      choosing: folds.indices.filter { folds[$0] == choosing }, reporting: folds.indices.filter { folds[$0] == fold })
  }

  /// Columns with few values crossed, and with them the first of the others, cut into parts of equal count, equal sizes
  /// together.
  private static func strata(_ problem: ProxySearchProblem, _ spec: ProxySearchSpec) -> [Int] {
    let isDiscrete = problem.sizes.map { Set($0.values).count <= spec.sizeLevels }
    var parts = zip(problem.sizes, isDiscrete).filter(\.1).map(\.0.values)
    if let place = isDiscrete.firstIndex(of: false) {
      let ranks = MidRanks.ranks(problem.sizes[place].values)
      parts.append(ranks.map { (($0 - 0.5) * Double(spec.sizeStrata) / Double(ranks.count)).rounded(.down) })
    }
    var known: [[Double]: Int] = [:]
    return problem.target.indices.map { row in
      let key = parts.map { $0[row] }
      let number = known[key] ?? known.count
      known[key] = number
      return number
    }
  }

  /// Units in order of size, dealt block by block in an order drawn for each block: folds are alike in size, and a unit is
  /// whole in one.
  private static func deal(_ problem: ProxySearchProblem, _ spec: ProxySearchSpec) -> [Int] {
    let sizes = problem.units.members.map { rows in
      problem.sizes.map { column in rows.reduce(0) { $0 + column.values[$1] } / Double(rows.count) }
    }
    let order = sizes.indices.sorted { left, right in
      for (one, other) in zip(sizes[left], sizes[right]) where one != other { return one < other }
      return left < right
    }
    var generator = SeededGenerator(seed: spec.seed, stream: .max)
    var fold = [Int](repeating: 0, count: order.count)
    var places: [Int] = []
    for unit in order {
      if places.isEmpty {
        places = Array(0..<spec.folds)
        for last in stride(from: places.count - 1, to: 0, by: -1) {
          places.swapAt(last, generator.next(below: last + 1))
        }
      }
      fold[unit] = places.removeLast()
    }
    return problem.units.numbers.map { fold[$0] }
  }
}
