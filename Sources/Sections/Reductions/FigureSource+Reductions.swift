import Documents
import Figures
import Outcomes
import Pipeline
import Reductions
import Specs

/// Figures of reduced search spaces.
extension FigureSource {
  private func candidates(of part: ReductionsPart) -> [ResolvedCandidate] {
    guard !spec.columns.isEmpty else { return part.candidates }
    return spec.columns.compactMap { name in part.candidates.first { $0.name == name.value } }
  }

  private func json(
    _ part: ReductionsPart, _ candidate: ResolvedCandidate?, _ inputs: StepInputs
  ) throws(Reason) -> JSONValue {
    try inputs.json(ReductionStep(reductions: part, candidate: candidate).name)
  }

  func recall(_ part: ReductionsPart, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    var plots: [RecallDots.Plot] = []
    for candidate in candidates(of: part) {
      let value = try json(part, candidate, inputs)
      let rows = part.spec.top.map { size -> RecallDots.Row in
        let key = TopStep.key(size)
        let top = value[key]
        var random: (expected: Double, lower: Double, upper: Double)?
        if let band = top?["random"], let expected = band["value"]?.double, let lower = band["lower"]?.double,
          let upper = band["upper"]?.double
        {
          random = (expected, lower, upper)
        }
        return .init(
          label: size < 1 ? "top \(NumberText.compact(size * 100)) %" : "top \(NumberText.compact(size))",
          recall: top?["recall"]?.double, random: random,
          others: part.members.compactMap { member in
            value["same-size"]?[member.name]?[key]?.double.map {
              .init(label: member.title, recall: $0, isBaseline: member.isBaseline)
            }
          })
      }
      let count = NumberText.grouped(value["size"]?.double ?? 0) ?? "0"
      let share = NumberText.fixed((value["share"]?.double ?? 0) * 100, decimals: 1)
      plots.append(.init(title: candidate.title, size: "\(count) rows, \(share) % of all", rows: rows))
    }
    // Long titles need wide panels.
    let longest = plots.map(\.title.count).max() ?? 0
    let fitting = longest > 48 ? 1 : longest > 28 ? 2 : 3
    return RecallDots.figure(
      plots, title: "Recall: \(part.title)", perRow: spec.perRow ?? min(fitting, max(1, plots.count)),
      width: spec.width.points)
  }

  func distributions(_ part: ReductionsPart, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let columns = try ReductionColumns(part, try inputs.table("table"))
    func mean(_ value: JSONValue) -> (value: Double, lower: Double, upper: Double)? {
      guard let mean = value["mean"]?["value"]?.double, let lower = value["mean"]?["lower"]?.double,
        let upper = value["mean"]?["upper"]?.double
      else { return nil }
      return (mean, lower, upper)
    }
    var rows = [
      Distributions.Row(
        label: "whole space", values: columns.target.values, mean: mean(try json(part, nil, inputs)))
    ]
    for candidate in candidates(of: part) {
      let members = try? columns.membership(candidate).get()
      let places = members?.places(seed: part.spec.ties.seed.bits, draw: 0) ?? []
      rows.append(
        .init(
          label: candidate.title, values: places.map { columns.target.values[$0] },
          mean: mean(try json(part, candidate, inputs))))
    }
    return Distributions.figure(
      rows, title: "\(part.target.title): \(part.title)", axis: part.target.title, isReversed: spec.reversed ?? false,
      width: spec.width.points)
  }

  func inside(_ part: ReductionsPart, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    var series: [DodgedDots.Series] = []
    for candidate in [nil] + candidates(of: part) {
      let value = try json(part, candidate, inputs)
      series.append(
        .init(
          name: candidate?.title ?? "whole space",
          values: part.members.map { member in
            let coefficient = value["inside"]?[member.name]?["kendall-tau-b"]
            guard let number = coefficient?["value"]?.double else { return nil }
            var interval: (lower: Double, upper: Double)?
            if let lower = coefficient?["lower"]?.double, let upper = coefficient?["upper"]?.double {
              interval = (lower, upper)
            }
            return .init(value: number, interval: interval)
          }, ceiling: value["replicates"]?["kendall-noise-ceiling"]?.double))
    }
    let level = NumberText.fixed(part.spec.interval.level * 100, decimals: 0)
    return DodgedDots.figure(
      rows: part.members.map { ($0.title, $0.isBaseline) }, series: series,
      title: "Correlations inside: \(part.title)",
      axis: "Kendall τ-b with \(part.targetName), \(level) % interval", width: spec.width.points)
  }
}
