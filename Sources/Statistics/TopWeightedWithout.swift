/// Coefficients that weigh rows by their place from the best, without each unit.
///
/// When rows are left out, those behind them move up. Behind c of the unit's rows, place p has the weight of p − c: for each c
/// the rows are summed once with their weights shifted by c (`ShiftedWeights`), and every unit takes the stretches between its
/// own rows from these sums. What the unit's rows were to the others is taken out by prefix sums over ranks.
enum TopWeightedWithout {
  /// Weighted τ, by unit; nil for a unit that has to be left out by itself.
  ///
  /// - Parameter net: Concordant less discordant pairs of each place.
  static func weightedTau(
    _ ranked: RankedPairs, _ sample: PairedSample, _ members: UnitMembers, net: [Int], distinct: DistinctWithout
  ) -> [Double??] {
    let byX = ShiftedWeights(
      BestFirst.byX(ranked, sample), members, ranks: ranked.yRanks, rankCount: ranked.yCount, net: net, form: .all
    ).sums()
    let byY = ShiftedWeights(
      BestFirst.byY(ranked, sample), members, ranks: ranked.xRanks, rankCount: ranked.xCount, net: net, form: .all
    ).sums()
    return (0..<members.count).map { unit -> Double?? in
      guard distinct.x[unit] >= 2, distinct.y[unit] >= 2 else { return .some(nil) }
      guard !members.isLarge(unit) else { return nil }
      guard let left = byX[unit].value, let right = byY[unit].value else { return .some(nil) }
      return (left + right) / 2
    }
  }

  /// τ_AP, by unit; nil for a unit that has to be left out by itself. Of a sample with ties each unit is looked at for whether
  /// it takes all of them away.
  static func averagePrecisionTau(
    _ ranked: RankedPairs, _ sample: PairedSample, _ members: UnitMembers
  ) -> [Double??] {
    guard ranked.xCount == ranked.count, ranked.yCount == ranked.count else {
      let distinct = DistinctWithout(ranked, members)
      return (0..<members.count).map { unit -> Double?? in
        let left = ranked.count - members.size(unit)
        return distinct.x[unit] == left && distinct.y[unit] == left && left >= 2 ? nil : .some(nil)
      }
    }
    let order = BestFirst.byX(ranked, sample)
    var net = [Int](repeating: 0, count: ranked.count)
    for (position, value) in AveragePrecisionTau.netBefore(ranked, order).enumerated() {
      net[Int(order.places[position])] = value
    }
    let sums = ShiftedWeights(
      order, members, ranks: ranked.yRanks, rankCount: ranked.yCount, net: net, form: .rowsBefore
    ).sums()
    return (0..<members.count).map { unit -> Double?? in
      let left = ranked.count - members.size(unit)
      guard left >= 2 else { return .some(nil) }
      guard !members.isLarge(unit) else { return nil }
      return max(-1, min(1, sums[unit].concordance / Double(left - 1)))
    }
  }
}

/// Sums over the rows that are left without each unit, rows weighted by their new places in an order.
struct ShiftedWeights {
  /// The pairs that a row is summed over.
  enum Form {
    /// All others, with weight 1/(place + 1), places from 0.
    case all
    /// Those before it, with weight 1/place; the first has none.
    case rowsBefore
  }

  /// A question to be answered when the rows before a position are in: what it adds to a unit's sums.
  private struct Question {
    var unit: Int32
    var rank: Int32
    /// The multiple of the weight above the rank less that below it that the concordance gets.
    var concordance: Double
    /// The multiple of the weight at the rank that the untied weight gets.
    var tied: Double
  }

  private let order: BestFirst
  private let members: UnitMembers
  private let form: Form
  private let rankCount: Int
  /// Rank in the other column, by position.
  private let ranks: [Int32]
  /// Concordant less discordant pairs, by position.
  private let net: [Int]
  /// Positions of each unit, ascending.
  private let positions: [[Int]]
  /// Rows tied in the other column, by position.
  private let tied: [Int]

  /// Looks at an order.
  ///
  /// - Parameters:
  ///   - ranks: The ranks of the other column, by place.
  ///   - net: Concordant less discordant pairs of each place that the form sums over.
  init(_ order: BestFirst, _ members: UnitMembers, ranks: [Int32], rankCount: Int, net: [Int], form: Form) {
    self.order = order
    self.members = members
    self.form = form
    self.rankCount = rankCount
    self.ranks = order.places.map { ranks[Int($0)] }
    self.net = order.places.map { net[Int($0)] }
    var places = [Int](repeating: 0, count: order.places.count)
    for (position, place) in order.places.enumerated() { places[Int(place)] = position }
    positions = (0..<members.count).map { unit in
      members.isLarge(unit) ? [] : members[unit].map { places[Int($0)] }.sorted()
    }
    var totals = [Int](repeating: 0, count: rankCount)
    for rank in ranks { totals[Int(rank)] += 1 }
    tied = self.ranks.map { totals[Int($0)] }
  }

  /// The sums, by unit; of large units they mean nothing. `xUntied` is of the column of the order, `yUntied` of the other.
  /// O(n log n) times the size of the largest unit that is not large.
  func sums() -> [WeightedTau.Sums] {
    var sums = [WeightedTau.Sums](repeating: WeightedTau.Sums(), count: members.count)
    for shift in 0...(positions.map(\.count).max() ?? 0) { add(shift, to: &sums) }
    return sums
  }

  private func weight(_ position: Int, _ shift: Int) -> Double {
    let place = position - shift + (form == .all ? 1 : 0)
    return place > 0 ? 1 / Double(place) : 0
  }

  /// Adds the stretch behind `shift` rows of each unit.
  private func add(_ shift: Int, to sums: inout [WeightedTau.Sums]) {
    let prefixes = Prefixes(count: ranks.count) { position in
      let weight = self.weight(position, shift)
      let own = Int(order.groupEnds[position] - order.groupStarts[position])
      return SIMD4(
        weight, weight * Double(net[position]), weight * Double(own), weight * Double(tied[position]))
    }
    var questions = Buckets<Question>(count: ranks.count + 1)
    for unit in positions.indices where positions[unit].count >= max(1, shift) {
      let rows = positions[unit]
      let start = shift == 0 ? 0 : rows[shift - 1] + 1
      let end = shift == rows.count ? ranks.count : rows[shift]
      guard start < end else { continue }
      let inside = prefixes.sum(start, end)
      let others = Double(ranks.count - rows.count)
      sums[unit].concordance += inside[1]
      sums[unit].xUntied += others * inside[0] - inside[2]
      sums[unit].yUntied += others * inside[0] - inside[3]
      for row in form == .all ? rows[...] : rows[..<shift] {
        let group = (start: Int(order.groupStarts[row]), end: Int(order.groupEnds[row]))
        sums[unit].xUntied += prefixes.sum(max(start, group.start), min(end, group.end))[0]
        ask(&questions, unit, row, start..<end, group)
      }
    }
    answer(questions, shift, &sums)
  }

  /// Adds the questions about a row of the unit and a stretch of rows: better rows are before its group, worse ones behind it.
  private func ask(
    _ questions: inout Buckets<Question>, _ unit: Int, _ row: Int, _ stretch: Range<Int>,
    _ group: (start: Int, end: Int)
  ) {
    let sign = Double(order.direction)
    func add(_ position: Int, _ concordance: Double, _ tied: Double) {
      guard position > 0 else { return }
      questions.add(
        Question(
          unit: Int32(truncatingIfNeeded: unit), rank: ranks[row], concordance: concordance, tied: tied), at: position)
    }
    let (before, behind) = (min(stretch.upperBound, group.start), max(stretch.lowerBound, group.end))
    if stretch.lowerBound < before {
      add(before, -sign, 0)
      add(stretch.lowerBound, sign, 0)
    }
    if behind < stretch.upperBound {
      add(stretch.upperBound, sign, 0)
      add(behind, -sign, 0)
    }
    guard form == .all else { return }
    add(stretch.upperBound, 0, 1)
    add(stretch.lowerBound, 0, -1)
  }

  private func answer(_ questions: Buckets<Question>, _ shift: Int, _ sums: inout [WeightedTau.Sums]) {
    guard !questions.isEmpty else { return }
    var inserted = FenwickTree<Double>(count: rankCount)
    var byRank = [Double](repeating: 0, count: rankCount)
    var total = 0.0
    for position in 0...ranks.count {
      questions.forEach(at: position) { question in
        let (rank, unit) = (Int(question.rank), Int(question.unit))
        if question.concordance != 0 {
          let below = inserted.sum(below: rank)
          sums[unit].concordance += question.concordance * (total - byRank[rank] - 2 * below)
        }
        sums[unit].yUntied += question.tied * byRank[rank]
      }
      guard position < ranks.count else { break }
      let weight = self.weight(position, shift)
      inserted.add(weight, at: Int(ranks[position]))
      byRank[Int(ranks[position])] += weight
      total += weight
    }
  }
}

/// Sums of four columns over stretches of rows.
struct Prefixes {
  private var sums: [SIMD4<Double>]

  init(count: Int, _ values: (Int) -> SIMD4<Double>) {
    sums = [SIMD4<Double>()]
    sums.reserveCapacity(count + 1)
    var sum = SIMD4<Double>()
    for position in 0..<count {
      sum += values(position)
      sums.append(sum)
    }
  }

  /// The sums over positions from `start` to before `end`; 0 when there are none.
  func sum(_ start: Int, _ end: Int) -> SIMD4<Double> { start < end ? sums[end] - sums[start] : SIMD4() }
}

/// Elements gathered by position, in O(1) each.
struct Buckets<Element> {
  private var heads: [Int32]
  private var entries: [(element: Element, next: Int32)] = []

  /// Makes buckets for positions 0 ..< `count`.
  init(count: Int) { heads = Array(repeating: -1, count: count) }

  var isEmpty: Bool { entries.isEmpty }

  mutating func add(_ element: Element, at position: Int) {
    entries.append((element, heads[position]))
    heads[position] = Int32(truncatingIfNeeded: entries.count - 1)
  }

  /// Calls with each element at a position, the last added first.
  func forEach(at position: Int, _ body: (Element) -> Void) {
    var entry = heads[position]
    while entry >= 0 {
      body(entries[Int(entry)].element)
      entry = entries[Int(entry)].next
    }
  }
}
