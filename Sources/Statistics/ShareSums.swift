import ElementaryFunctions
import Outcomes

/// The sums that variance shares are made of, by group of repeats, so that a resample adds up groups and not rows.
struct ShareSums {
  /// The rows of one subject in one stratum.
  struct Cell {
    let stratum: Int
    let unit: Int
    let count: Int
    /// Sum of the deviations from the mean of all rows, in a unit of the order of the largest.
    let sum: Double
    let squares: Double
    /// Sum of squares about the group's own mean.
    let within: Double
  }

  private(set) var cells: [Cell] = []
  let unitCount: Int
  let strataCount: Int

  init(_ target: [Double], strata: Strata, groups: [Int], clusters: [Int]?) {
    let units = Self.units(groups, clusters)
    (unitCount, strataCount) = (units.count, strata.count)
    let deviations = CenteredColumn(target).deviations
    var places: [[Int]: Int] = [:]
    var members: [[Int]] = []
    for row in target.indices {
      let key = [strata.numbers[row], groups[row]]
      if let place = places[key] {
        members[place].append(row)
      } else {
        places[key] = members.count
        members.append([row])
      }
    }
    cells = members.map { rows in
      let values = rows.map { deviations[$0] }
      let sum = values.reduce(0, +)
      // The mean of equal values is taken without rounding.
      let mean = values.allSatisfy { $0 == values[0] } ? values[0] : sum / Double(values.count)
      return Cell(
        stratum: strata.numbers[rows[0]], unit: units.numbers[rows[0]], count: rows.count, sum: sum,
        squares: values.reduce(0) { $0 + $1 * $1 }, within: values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
    }
  }

  /// Rows that a group or a cluster joins, however many steps it takes.
  private static func units(_ groups: [Int], _ clusters: [Int]?) -> Strata {
    guard let clusters else { return Strata(groups) }
    var root = Array(groups.indices)
    func find(_ row: Int) -> Int {
      var row = row
      while root[row] != row {
        root[row] = root[root[row]]
        row = root[row]
      }
      return row
    }
    for partition in [Strata(groups), Strata(clusters)] {
      for rows in partition.members { for row in rows.dropFirst() { root[find(row)] = find(rows[0]) } }
    }
    return Strata(groups.indices.map { find($0) })
  }

  /// The sums when units count by whole weights.
  func totals(_ weights: [Int32]) -> Totals {
    var strata = [Totals.Stratum](repeating: Totals.Stratum(), count: strataCount)
    for cell in cells where weights[cell.unit] > 0 {
      let weight = Double(weights[cell.unit])
      strata[cell.stratum].count += weight * Double(cell.count)
      strata[cell.stratum].sum += weight * cell.sum
      strata[cell.stratum].squares += weight * cell.squares
      strata[cell.stratum].within += weight * cell.within
      strata[cell.stratum].freedom += weight * Double(cell.count - 1)
    }
    return Totals(strata)
  }

  /// The standard error of each ratio's logarithm, √Σ wᵤ uᵤ² with the weights w of the units and their influences u, the derivatives of
  /// the logarithm by the weights; not a number where a ratio is 0.
  func standardErrors(_ totals: Totals, _ weights: [Int32]) -> [Double] {
    var influences = [SIMD8<Double>](repeating: .zero, count: unitCount)
    for cell in cells where weights[cell.unit] > 0 { influences[cell.unit] += totals.influences(cell) }
    var squares = SIMD8<Double>.zero
    for (unit, weight) in weights.enumerated() where weight > 0 {
      squares += Double(weight) * influences[unit] * influences[unit]
    }
    return Ratio.allCases.map { squares[$0.rawValue].squareRoot() }
  }
}

extension ShareSums {
  /// Ratios of variances, of which the shares are made: with T, W and E as in `VarianceShares`, N = Σ(Nₛ − 1)Eₛ and V = ΣTₛ over strata
  /// with repeats.
  enum Ratio: Int, CaseIterable {
    /// W/T: 1 less the share that strata explain.
    case inside
    /// (W/T)(N/V), the noise.
    case noise
    /// 1 − (W/T)(1 − N/V): 1 less the rest.
    case other
    /// N/V: 1 less the reliability.
    case unreliable
    /// WMS/s² of all groups.
    case plainNoise

    /// The least and greatest that the share can be in a population.
    var limits: (lower: Double, upper: Double) { (0, self == .plainNoise ? .infinity : 1) }

    /// The share that a value of the ratio stands for.
    func share(_ ratio: Double) -> Double {
      switch self {
      case .inside: max(0, 1 - ratio)
      case .other, .unreliable: 1 - ratio
      case .noise, .plainNoise: ratio
      }
    }
  }

  /// The logarithm of a ratio; nil for one that is 0.
  static func logarithm(_ ratio: Double?) -> Double? {
    ratio.flatMap { $0 > 0 && $0.isFinite ? Elementary.log($0) : nil }
  }

  /// The sums over rows.
  struct Totals {
    /// The sums of a stratum.
    struct Stratum {
      var count = 0.0
      var sum = 0.0
      var squares = 0.0
      var within = 0.0
      /// Σ(nᵢ − 1) of the groups.
      var freedom = 0.0
      /// Sum of squares about the stratum's mean.
      var own: Double { max(0, squares - sum * sum / count) }
    }

    private let strata: [Stratum]
    private var all = Stratum()
    /// T, W, V and N.
    private var total = 0.0
    private var inside = 0.0
    private var weighed = 0.0
    private var unreliable = 0.0

    init(_ strata: [Stratum]) {
      self.strata = strata
      for stratum in strata where stratum.count > 0 {
        all.count += stratum.count
        all.sum += stratum.sum
        all.squares += stratum.squares
        all.within += stratum.within
        all.freedom += stratum.freedom
        let own = stratum.own
        inside += own
        guard stratum.freedom > 0, own > 0 else { continue }
        weighed += own
        unreliable += (stratum.count - 1) * stratum.within / stratum.freedom
      }
      total = all.squares - all.sum * all.sum / max(1, all.count)
    }

    /// The ratios; nil where there is none.
    var ratios: [Double?] {
      guard total > 1e-24 else { return Ratio.allCases.map { _ in nil } }
      let share = min(1, inside / total)
      guard weighed > 0, all.freedom > 0 else { return [share, nil, nil, nil, nil] }
      let noise = unreliable / weighed
      return [
        share, share * noise, 1 - share * (1 - noise), noise, all.within / all.freedom / (total / (all.count - 1)),
      ]
    }

    /// The derivatives of the ratios' logarithms by the weight of a cell, by ratio.
    func influences(_ cell: Cell) -> SIMD8<Double> {
      let stratum = strata[cell.stratum]
      let count = Double(cell.count)
      func squares(about mean: Double) -> Double { cell.squares - 2 * mean * cell.sum + count * mean * mean }
      let ofAll = squares(about: all.sum / all.count) / total
      let own = squares(about: stratum.sum / stratum.count)
      let inside = own / self.inside - ofAll
      var noise = 0.0
      if stratum.freedom > 0, stratum.own > 0 {
        let error = stratum.within / stratum.freedom
        let change = error * count + (stratum.count - 1) * (cell.within - error * (count - 1)) / stratum.freedom
        noise = change / unreliable - own / weighed
      }
      let (share, unreliable) = (self.inside / total, self.unreliable / weighed)
      let rest = share * (1 - unreliable)
      let plain = cell.within / all.within - (count - 1) / all.freedom - ofAll + count / (all.count - 1)
      return [
        inside, inside + noise, (share * unreliable * noise - rest * inside) / (1 - rest), noise, plain, 0, 0, 0,
      ]
    }
  }
}
