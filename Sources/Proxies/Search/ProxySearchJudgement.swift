import ElementaryFunctions
import Outcomes
import Statistics

extension ProxySearch {
  /// What searches say together.
  ///
  /// - Parameter searches: Those of `fold(_:)`, in any order; of a search that is given twice, the first counts.
  package func report(_ searches: [ProxySearchFold]) -> ProxySearchReport {
    var byNumber: [Int: ProxySearchFold] = [:]
    for search in searches where byNumber[search.number] == nil { byNumber[search.number] = search }
    let folds = (0..<spec.folds).compactMap { byNumber[$0] }
    let all = [\ProxySearchFold.evolution, \.random, \.baseline].map { values(folds, $0) }
    let rows = problem.target.indices.filter { row in
      folds.contains { $0.number == splits.folds[row] }
        && zip(all, [\ProxySearchFold.evolution, \.random, \.baseline]).allSatisfy { values, path in
          values[row] != nil || folds.allSatisfy { $0[keyPath: path] == nil }
        }
    }
    let judgement = ProxyJudgement(problem, splits, spec, rows: rows)
    let judged = all.map { judgement.judge($0) }
    let evolution = judged[0].outcome
    return ProxySearchReport(
      spec: spec, sizes: problem.sizes.map(\.name), rows: problem.target.count, units: problem.units.count,
      sizeStrata: Set(splits.sizeStrata).count, rowsLeftOut: problem.target.count - rows.count, evolution: evolution,
      random: judged[1].outcome, baseline: judged[2].outcome, targetSizeShare: judgement.sizeShareOfTarget,
      aboveRandom: judgement.difference(judged[0].resamples, judged[1].resamples),
      aboveBaseline: judgement.difference(judged[0].resamples, judged[2].resamples),
      verdict: evolution.beyondSize.lower.map { $0 > 0 ? .beyondSize : .nothingBeyondSize }
        ?? (evolution.beyondSize.reason == ProxyJudgement.isSize ? .nothingBeyondSize : .undecided),
      folds: folds, final: byNumber[spec.folds])
  }

  /// By row, the value of what the search of the row's fold chose.
  private func values(
    _ folds: [ProxySearchFold], _ path: KeyPath<ProxySearchFold, ProxySearchFold.Choice?>
  ) -> [Double?] {
    var values = [Double?](repeating: nil, count: problem.target.count)
    for fold in folds {
      guard let choice = fold[keyPath: path] else { continue }
      for (row, value) in zip(fold.reportingRows, choice.values) where values.indices.contains(row) {
        values[row] = value
      }
    }
    return values
  }
}

/// Judges values on rows, of which those of one fold come from one program.
struct ProxyJudgement {
  /// Reason where a program says nothing but size.
  static let isSize = "size determines the proxy"

  private let rows: [Int]
  private let target: [Double]
  private let folds: [Int]
  /// Fold and stratum of size together.
  private let cells: [Int]
  private let units: [Int]
  /// Ranks in the fold of each column of size, and indicators of the strata.
  private let design: [[Double]]
  /// The ranks, with a column for each fold: programs of different folds go with size in different ways.
  private let slopes: [[Double]]
  private let spec: ProxySearchSpec

  init(_ problem: ProxySearchProblem, _ splits: ProxySearchSplits, _ spec: ProxySearchSpec, rows: [Int]) {
    self.rows = rows
    self.spec = spec
    target = rows.map { problem.higherIsBetter ? problem.target[$0] : -problem.target[$0] }
    let folds = rows.map { splits.folds[$0] }
    self.folds = folds
    let strata = Strata(rows.map { splits.sizeStrata[$0] })
    cells = zip(folds, strata.numbers).map { $0 * strata.count + $1 }
    units = rows.map { problem.units.numbers[$0] }
    let ranks = problem.sizes.map { column in Self.ranks(rows.map { column.values[$0] }, folds) }
    slopes = ranks.flatMap { column in
      (0..<splits.foldCount).map { fold in column.indices.map { folds[$0] == fold ? column[$0] : 0 } }
    }
    design = ranks + (0..<strata.count).map { stratum in strata.numbers.map { $0 == stratum ? 1 : 0 } }
  }

  /// Mid-ranks inside each fold, over its number of rows.
  private static func ranks(_ values: [Double], _ folds: [Int]) -> [Double] {
    var ranks = [Double](repeating: 0, count: values.count)
    for rows in Strata(folds).members {
      for (row, rank) in zip(rows, MidRanks.ranks(rows.map { values[$0] })) { ranks[row] = rank / Double(rows.count) }
    }
    return ranks
  }

  /// A judgement, with the resamples of the coefficient for differences.
  func judge(_ all: [Double?]) -> (outcome: ProxySearchReport.Assessment, resamples: Outcome<ResampledValue>) {
    let values = rows.compactMap { all[$0] }
    guard values.count == rows.count, !rows.isEmpty else {
      let reason = Reason("nothing was found")
      let none = Self.estimate(reason)
      return (
        ProxySearchReport.Assessment(overall: none, withinSize: none, sizeShare: none, beyondSize: none),
        .failure(reason)
      )
    }
    let overall = association(values, folds)
    let within = association(values, cells)
    return (
      ProxySearchReport.Assessment(
        overall: Self.estimate(overall), withinSize: Self.estimate(within),
        sizeShare: Self.estimate(sizeShare(Self.ranks(values, folds))), beyondSize: beyondSize(values)),
      overall
    )
  }

  /// The coefficient of pairs of rows in one stratum.
  private func association(_ values: [Double], _ strata: [Int]) -> Outcome<ResampledValue> {
    .of { () throws(Reason) in
      let sample = try StratifiedSample(
        PairedSample(x: values, y: target, clusters: units, first: SampleColumn("the proxy")), strata: strata)
      let association = WithinStratum.associations(
        [spec.fitness.coefficient], sample: sample, settings: spec.bootstrap)[0]
      _ = try association.pooled.get()
      guard let resamples = association.pooledResamples else { throw Reason("there are no resamples") }
      return try resamples.get()
    }
  }

  /// Share of the variance of ranks inside folds that size explains.
  private func sizeShare(_ ranks: [Double]) -> Outcome<Double> {
    .of { () throws(Reason) in
      guard !slopes.isEmpty else { throw Reason("there is no column of size") }
      let strata = Strata(folds)
      guard let deviations = strata.deviations(ranks) else { throw Reason("every value in a fold is the same") }
      guard let rest = try CenteredDesign(design, strata: strata).residuals(of: ranks, strata: strata) else { return 1 }
      return max(0, min(1, 1 - Self.square(rest) / Self.square(deviations)))
    }
  }

  var sizeShareOfTarget: ProxySearchReport.Estimate { Self.estimate(sizeShare(Self.ranks(target, folds))) }

  private static func square(_ values: [Double]) -> Double { OrderedSum.of(values) { $0 * $0 } }

  /// Pearson's r of what size leaves of the ranks of values and target. The interval is Fisher's (1924) for partial
  /// correlations, tanh(artanh r ± z/√(m − k − 3)), m units and k parameters of size: rows of one unit count as one.
  private func beyondSize(_ values: [Double]) -> ProxySearchReport.Estimate {
    let result = Outcome.of { () throws(Reason) -> (value: Double, freedom: Int) in
      let strata = Strata(cells)
      let design = Outcome.of { () throws(Reason) in try CenteredDesign(slopes, strata: strata) }.value
      func rest(_ ranks: [Double], _ reason: String) throws(Reason) -> [Double] {
        // Columns of size that do not vary inside strata leave the strata alone to be taken out.
        guard let rest = design.map({ $0.residuals(of: ranks, strata: strata) }) ?? strata.deviations(ranks) else {
          throw Reason(reason)
        }
        return rest
      }
      let proxy = try rest(Self.ranks(values, folds), Self.isSize)
      let sample = try PairedSample(
        x: proxy, y: rest(Self.ranks(target, folds), "size determines the target"), first: SampleColumn("the proxy"))
      return (
        try Coefficient.pearson.value(sample), Strata(units).count - strata.count - (design?.rank ?? 0) - 3
      )
    }
    switch result {
    case .failure(let reason): return Self.estimate(reason)
    case .success(let (value, freedom)):
      var estimate = Self.estimate(.success(value))
      guard freedom >= 5, abs(value) < 1 else {
        estimate.reason = freedom < 5 ? "too few units for as many strata of size and folds" : "no interval at ±1"
        return estimate
      }
      let half = Normal.quantile((1 + spec.level) / 2) / Double(freedom).squareRoot()
      estimate.lower = Elementary.tanh(Elementary.atanh(value) - half)
      estimate.upper = Elementary.tanh(Elementary.atanh(value) + half)
      return estimate
    }
  }

  /// The difference of two coefficients, resample by resample.
  func difference(
    _ one: Outcome<ResampledValue>, _ other: Outcome<ResampledValue>
  ) -> ProxySearchReport.Estimate {
    Self.estimate(.of { () throws(Reason) in try one.get().minus(other.get()) })
  }

  // MARK: Estimates

  private static func estimate(_ reason: Reason) -> ProxySearchReport.Estimate {
    ProxySearchReport.Estimate(reason: reason.text)
  }

  private static func estimate(_ value: Outcome<Double>) -> ProxySearchReport.Estimate {
    switch value {
    case .success(let number): ProxySearchReport.Estimate(value: number)
    case .failure(let reason): estimate(reason)
    }
  }

  private static func estimate(_ value: Outcome<ResampledValue>) -> ProxySearchReport.Estimate {
    switch value {
    case .failure(let reason): return estimate(reason)
    case .success(let resampled):
      var estimate = ProxySearchReport.Estimate(value: resampled.value)
      switch resampled.interval() {
      case .success(let interval): (estimate.lower, estimate.upper) = (interval.lower, interval.upper)
      case .failure(let reason): estimate.reason = reason.text
      }
      return estimate
    }
  }
}
