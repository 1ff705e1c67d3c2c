import Documents
import Figures
import Outcomes
import Pipeline
import Specs
import Tables

/// A rule search with the columns that its conditions are about.
struct RuleSearchPart: DrawnPart {
  let spec: RuleSearchSpec
  let target: ResolvedTarget
  /// The columns that conditions are about, in order.
  let features: [ColumnSchema]
  /// What one of the units is called whose rows stay together in splits; nil when every row stands by itself.
  let unit: UnitNoun?

  /// The top in words, such as `the best 10 %` or `the best 50`.
  var topTitle: String { "the best \(TopSpec.label(spec.top))" }

  var name: String { spec.name.value }
  var title: String { spec.displayTitle }
  var step: RuleSearchStep { RuleSearchStep(search: self) }
  var steps: [any Step] { [step] }
  var drawnTable: String? { target.dataset }
  var seed: Int? { spec.seed.value }

  /// The output of the step after the title.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue { try inputs.json(step.name).titled(title) }
}

extension RuleSearchPart {
  static let figures: [PartFigure<RuleSearchPart>] = [
    PartFigure(.front, draw: RuleSearchPart.front)
  ]

  /// The share of the rows kept against recall: of the rules found on all rows, and means over splits.
  private func front(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let results = try inputs.output(of: step)
    let found = results.front.map {
      RecallFront.Place(share: $0.measure.share, recall: $0.measure.recall, rule: $0.rule)
    }
    typealias Average = KeyPath<RuleSearchResults.FrontPlace, Outcome<RuleSearchResults.Spread>>
    func averages(_ share: Average, _ recall: Average) -> [RecallFront.Place] {
      var places: [RecallFront.Place] = []
      for place in results.frontOfSplits {
        guard let share = place[keyPath: share].value?.value, let recall = place[keyPath: recall].value?.value
        else { continue }
        if let last = places.last, last.share == share, last.recall == recall { continue }
        places.append(RecallFront.Place(share: share, recall: recall))
      }
      return places
    }
    let count = NumberText.grouped(spec.splits)
    return RecallFront.figure(
      [
        .init(name: "all architectures (post hoc)", places: found, isStepped: true),
        .init(
          name: "what the search saw, mean of \(count) splits", places: averages(\.trainingShare, \.trainingRecall),
          isStepped: false),
        .init(
          name: "unseen, mean of \(count) splits", places: averages(\.unseenShare, \.unseenRecall), isStepped: false),
      ], title: "Size against recall: \(title)", top: topTitle, width: source.spec.width.points)
  }
}

extension FigureKind {
  /// Share of the rows kept against recall, of the best rules of every size.
  package static let front = FigureKind(
    "pareto-front", "Share of the rows kept against recall, of the best rules of every size.")
}
