import Documents
import Figures
import Outcomes
import Pipeline
import Specs
import Statistics

extension FigureSource {
  /// The coefficient on all rows and that inside strata, one under the other for each metric; with the noise ceiling inside
  /// strata where it is known.
  func strata(_ part: StrataPart, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let coefficient = spec.coefficient
    let members = members(of: part.family)
    var series = ["all rows", "inside strata"].map { DodgedDots.Series(name: $0, values: []) }
    for member in members {
      let json = try inputs.json(member.name)
      for (index, key) in ["overall", "within"].enumerated() {
        let value = json[key]?[coefficient.rawValue]
        series[index].values.append(
          value?["value"]?.double.map { DodgedDots.Value(value: $0, interval: Self.interval(value)) })
      }
    }
    if part.spec.replicates != nil {
      let pooled = try inputs.json(StrataPart.reliability)["pooled"]
      let key = coefficient == .kendallTauB ? "kendall-noise-ceiling" : "noise-ceiling"
      series[1].ceiling = pooled?[key]?["value"]?.double
    }
    let name = coefficient.title
    let level = part.spec.interval.map { ", \(NumberText.fixed($0.level * 100, decimals: 0)) % interval" } ?? ""
    return DodgedDots.figure(
      rows: members.map { ($0.title, $0.isBaseline) }, series: series,
      title: "\(name) on all rows and inside strata of \(part.label): \(part.title)",
      axis: "\(name) with \(part.family.target.title.lowercasedFirst)\(level)", width: spec.width.points)
  }
}
