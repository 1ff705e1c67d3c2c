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
