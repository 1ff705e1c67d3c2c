import Documents
import Figures
import Outcomes
import Pipeline
import Specs
import Statistics

/// Figures of comparisons between metrics.
extension FigureSource {
  /// Differences with their intervals, around the line at zero.
  func differences(_ part: ResolvedDifferences, _ json: JSONValue) -> ResolvedFigure {
    let wanted = Set(spec.columns.map(\.value))
    let pairs = part.pairs.filter { wanted.isEmpty || wanted.contains(part.key($0)) }
    let rows = pairs.map { pair -> ForestPlot.Row in
      let value = json[part.key(pair)]?["difference"]
      return ForestPlot.Row(
        label: part.label(pair), value: value?["value"]?.double, interval: Self.interval(value),
        reason: value?["undefined"]?.string)
    }
    let level = NumberText.fixed(part.spec.interval.level * 100, decimals: 0)
    return ForestPlot.figure(
      rows, title: "Differences of \(part.coefficientTitle): \(part.title)",
      axis:
        "difference of \(part.coefficientTitle) with \(part.family.target.title.lowercasedFirst), \(level) % interval",
      width: spec.width.points)
  }

  /// The coefficient on all rows and that inside strata, one under the other for each metric; with the noise ceiling inside
  /// strata where it is known.
  func strata(_ part: ResolvedStrata, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let coefficient = spec.coefficient ?? .kendallTauB
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
    if !part.spec.replicates.isEmpty {
      let pooled = try inputs.json(ResolvedStrata.reliability)["pooled"]
      let key = coefficient == .kendallTauB ? "kendall-noise-ceiling" : "noise-ceiling"
      series[1].ceiling = pooled?[key]?["value"]?.double
    }
    let name = Coefficient(rawValue: coefficient.rawValue)?.title ?? coefficient.rawValue
    let level = part.family.spec.interval.map { ", \(NumberText.fixed($0.level * 100, decimals: 0)) % interval" } ?? ""
    return DodgedDots.figure(
      rows: members.map { ($0.title, $0.isBaseline) }, series: series,
      title: "\(name) on all rows and inside strata of \(part.label): \(part.title)",
      axis: "\(name) with \(part.family.target.title.lowercasedFirst)\(level)", width: spec.width.points)
  }

  private static func interval(_ value: JSONValue?) -> (lower: Double, upper: Double)? {
    guard let lower = value?["lower"]?.double, let upper = value?["upper"]?.double else { return nil }
    return (lower, upper)
  }
}
