import Figures
import Outcomes
import Pipeline
import Specs
import Statistics

/// Figures of coefficients inside strata.
extension StrataPart {
  /// The coefficient on all rows and that inside strata, one under the other for each metric; with the noise ceiling inside
  /// strata where it is known.
  func forest(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let coefficient = source.spec.coefficient
    let members = source.members(of: family)
    var series = ["all rows", "inside strata"].map { DodgedDots.Series(name: $0, values: []) }
    for member in members {
      let found = try inputs.output(of: step(of: member))
      for (index, values) in [found.overall, found.within].enumerated() {
        let estimate = values[coefficient]?.estimate
        series[index].values.append(
          estimate?.value.value.map {
            DodgedDots.Value(value: $0, interval: estimate?.ends.map { ($0.lower, $0.upper) })
          })
      }
    }
    if let reliability {
      let pooled = try inputs.output(of: reliability).pooled
      let ceiling = coefficient == .kendallTauB ? pooled.kendallNoiseCeiling : pooled.noiseCeiling
      series[1].ceiling = ceiling.value.value
    }
    let level = spec.interval.map { ", \($0.percent) % interval" } ?? ""
    return DodgedDots.figure(
      rows: members.map { ($0.title, $0.isBaseline) }, series: series,
      title: "\(coefficient.title) on all rows and inside strata of \(label): \(title)",
      axis: "\(coefficient.title) with \(family.target.title.lowercasedFirst)\(level)",
      width: source.spec.width.points)
  }
}
