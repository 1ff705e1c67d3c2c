import Documents
import Outcomes
import Reductions
import Specs
import Statistics

/// The values of a reduction as they stand among the results.
struct ReductionValues {
  let columns: ReductionColumns
  let settings: ReductionSettings
  let tops: [Result<TopSet, Reason>]

  init(_ columns: ReductionColumns) {
    self.columns = columns
    settings = columns.settings
    tops = settings.topSets(columns.target)
  }

  private var target: ReductionTarget { columns.target }
  private var spec: ReductionSpec { columns.reductions.spec }

  /// The whole space.
  func whole() throws(Reason) -> [JSONMember] {
    let places = Array(0..<target.count)
    var members: [JSONMember] = [
      JSONMember(key: "size", value: .integer(target.count)),
      JSONMember(key: "missing-target", value: .integer(target.missing)),
    ]
    do throws(Reason) {
      let location = try LocationBootstrap.estimates(
        of: target.values, clusters: target.clusters, settings: settings.interval)
      members += self.location(location, try ColumnSummary(target.values))
      for draws in settings.draws {
        let best = Result { () throws(Reason) in
          try OrderStatistics.expectedMaximum(target.gains, draws: draws)
        }
        members.append(
          JSONMember(key: "best-of-\(draws)", value: .number(best.map { target.higherIsBetter ? $0 : -$0 })))
      }
    } catch {
      members.append(JSONMember(key: "undefined", value: .string(error.text)))
    }
    return members + (try inside(places)) + replicates(places)
  }

  /// A reduction.
  func values(_ kept: Membership) throws(Reason) -> [JSONMember] {
    var members: [JSONMember] = [
      JSONMember(key: "size", value: .integer(kept.size)), JSONMember(key: "total", value: .integer(target.count)),
      JSONMember(key: "share", value: .finite(Double(kept.size) / Double(target.count))),
      JSONMember(key: "missing-target", value: .integer(target.missing)),
      JSONMember(key: "unjudged", value: .integer(kept.unjudged.reduce(0) { $0 + $1.count })),
      JSONMember(
        key: "unjudged-reasons",
        value: .array(
          kept.unjudged.prefix(20).map { ["reason": .string($0.reason), "count": .integer($0.count)] })),
    ]
    let evaluation: ReductionEvaluation
    do throws(Reason) {
      evaluation = try ReductionEvaluation(kept, target: target, tops: tops, settings: settings)
    } catch {
      return members + [JSONMember(key: "undefined", value: .string(error.text))]
    }
    members += location(evaluation.location, evaluation.inside, mean: evaluation.measures.mean)
    members += best(evaluation)
    for (index, size) in settings.tops.enumerated() {
      members.append(JSONMember(key: TopStep.key(size), value: top(evaluation, index)))
    }
    members.append(JSONMember(key: "random", value: random(evaluation.random)))
    members.append(JSONMember(key: "truncation", value: truncation(evaluation)))
    if let ties = evaluation.ties { members.append(JSONMember(key: "ties", value: self.ties(ties, kept))) }
    members.append(JSONMember(key: "same-size", value: try sameSize(evaluation)))
    return members + (try inside(evaluation.drawn)) + replicates(evaluation.drawn)
  }

  private func location(
    _ location: LocationBootstrap.Estimates, _ summary: ColumnSummary, mean: Double? = nil
  ) -> [JSONMember] {
    [
      JSONMember(key: "mean", value: .estimate(mean ?? location.mean.value, location.mean.interval)),
      JSONMember(key: "median", value: .estimate(location.median.value, location.median.interval)),
      JSONMember(key: "minimum", value: .finite(summary.minimum)),
      JSONMember(key: "maximum", value: .finite(summary.maximum)),
      JSONMember(key: "sd", value: summary.standardDeviation.map { .finite($0) } ?? .null),
    ]
  }

  private func best(_ evaluation: ReductionEvaluation) -> [JSONMember] {
    let random = evaluation.random
    var members = [
      JSONMember(
        key: "outside-mean", value: evaluation.outside.map { .finite($0.mean) } ?? ["undefined": "every row is kept"]),
      JSONMember(key: "best", value: .finite(evaluation.measures.best)),
      JSONMember(key: "regret", value: .finite(evaluation.measures.regret)),
      JSONMember(
        key: "standard-score",
        value: random.standardError > 0
          ? .finite((evaluation.measures.mean - random.mean) / random.standardError)
          : ["undefined": "random subsets do not differ"]),
    ]
    for best in evaluation.bestOfDraws {
      members.append(
        JSONMember(
          key: "best-of-\(best.draws)",
          value: .record(["value": .number(best.inside), "whole": .number(best.all)]).hoistingUndefined))
    }
    return members
  }

  private func top(_ evaluation: ReductionEvaluation, _ index: Int) -> JSONValue {
    do throws(Reason) {
      let (top, recall) = (try tops[index].get(), try evaluation.measures.recalls[index].get())
      let random = try evaluation.random.recalls[index].get()
      return .record([
        "size": .integer(top.count), "tied": .integer(top.members.tied.count), "recall": .finite(recall),
        "enrichment": .finite(recall / random.expected),
        "random": [
          "value": .finite(random.expected), "lower": .finite(random.lower), "upper": .finite(random.upper),
        ],
        "chance": .finite(random.atLeast(recall)),
      ])
    } catch {
      return ["undefined": .string(error.text)]
    }
  }

  private func random(_ random: RandomSubsets) -> JSONValue {
    .record([
      "mean": [
        "value": .finite(random.mean), "lower": .finite(random.meanBand.lowerBound),
        "upper": .finite(random.meanBand.upperBound), "standard-error": .finite(random.standardError),
      ],
      "best": [
        "value": .finite(random.best), "lower": .finite(random.bestBand.lowerBound),
        "upper": .finite(random.bestBand.upperBound),
      ],
      "regret": .finite(random.regret),
    ])
  }

  private func truncation(_ evaluation: ReductionEvaluation) -> JSONValue {
    .object(
      evaluation.truncation.map { part in
        let enrichments = zip(settings.tops, part.enrichments).map {
          JSONMember(key: TopStep.key($0), value: .number($1))
        }
        return JSONMember(
          key: TruncationStep.key(part.share),
          value: .object(
            [
              JSONMember(key: "share", value: .number(part.share)), JSONMember(key: "n", value: .integer(part.count)),
              JSONMember(key: "inside", value: .finite(part.inside)),
              JSONMember(key: "share-inside", value: .finite(part.inside / Double(part.count))),
              JSONMember(
                key: "mean", value: part.mean.map { .finite($0) } ?? ["undefined": "no row of the reduction is left"]),
              JSONMember(key: "mean-of-all", value: .finite(part.meanOfAll)),
              JSONMember(key: "enrichment", value: .object(enrichments)),
            ]))
      })
  }

  private func ties(_ ties: TieRange, _ kept: Membership) -> JSONValue {
    .object(
      [
        JSONMember(key: "tied", value: .integer(kept.tied.count)),
        JSONMember(key: "places", value: .integer(kept.places)),
        JSONMember(key: "draws", value: .integer(ties.draws)), JSONMember(key: "mean", value: .range(ties.mean)),
        JSONMember(key: "regret", value: .range(ties.regret)),
      ]
        + zip(settings.tops, ties.recalls).map { size, recall in
          JSONMember(key: TopStep.key(size), value: .range(of: recall))
        })
  }

  /// Every metric's and baseline's top of the reduction's size.
  private func sameSize(_ evaluation: ReductionEvaluation) throws(Reason) -> JSONValue {
    var rivals: [JSONMember] = []
    for member in columns.reductions.members {
      let role: JSONValue = member.isBaseline ? "baseline" : "metric"
      let head = [JSONMember(key: "role", value: role)]
      let kept = try columns.top(member, size: evaluation.measures.size)
      do throws(Reason) {
        let kept = try kept.get()
        let measures = try SubsetMeasures(kept, target: target, tops: tops)
        let range = try TieRange(
          kept, target: target, tops: tops, draws: settings.tieDraws, seed: settings.tieSeed)
        var values = [
          JSONMember(key: "mean", value: .finite(measures.mean)),
          JSONMember(key: "best", value: .finite(measures.best)),
          JSONMember(key: "regret", value: .finite(measures.regret)),
          JSONMember(key: "tied", value: .integer(measures.tied)),
        ]
        for (index, size) in settings.tops.enumerated() {
          values.append(JSONMember(key: TopStep.key(size), value: .number(measures.recalls[index])))
        }
        if let range { values.append(JSONMember(key: "ties", value: ties(range, kept))) }
        rivals.append(JSONMember(key: member.name, value: .object(head + values)))
      } catch {
        rivals.append(
          JSONMember(
            key: member.name, value: .object(head + [JSONMember(key: "undefined", value: .string(error.text))])))
      }
    }
    return .object(rivals)
  }

  /// Correlations of all members with the target at some places.
  private func inside(_ places: [Int]) throws(Reason) -> [JSONMember] {
    guard spec.correlations else { return [] }
    var members: [JSONMember] = []
    for member in columns.reductions.members {
      let made = InsideCorrelation(
        try columns.values(member), target: target, drawn: places, settings: settings.interval)
      let coefficient: JSONValue =
        switch made.kendallTauB {
        case .success(let value): .estimate(value, made.interval)
        case .failure(let undefined): ["undefined": .string(undefined.text)]
        }
      members.append(
        JSONMember(
          key: member.name,
          value: .record([
            "role": member.isBaseline ? "baseline" : "metric",
            "n": .integer(made.count), "kendall-tau-b": coefficient,
          ])))
    }
    return [JSONMember(key: "inside", value: .object(members))]
  }
}

extension ReductionValues {
  /// What replicates at some places say of the noise of the target, and so of the most that a correlation inside can be.
  private func replicates(_ places: [Int]) -> [JSONMember] {
    guard let replicates = spec.replicates else { return [] }
    let numbers = columns.table.groups(by: replicates.by.map(\.value))
    var groups: [Int: [Double]] = [:]
    for place in places { groups[numbers[target.rows[place]], default: []].append(target.values[place]) }
    let value: JSONValue
    do throws(Reason) {
      let made = try ReplicateReliability(
        groups.sorted { $0.key < $1.key }.map(\.value), level: settings.interval.level)
      value = .record([
        "groups": .integer(made.groupCount), "replicated": .integer(made.replicatedCount), "n": .integer(made.count),
        "reliability": .finite(made.reliability), "icc": .estimate(made.intraclassCorrelation, made.interval),
        "error-sd": .finite(made.errorDeviation),
        "noise-ceiling": .number(Result { () throws(Reason) in try made.noiseCeiling() }),
        "kendall-noise-ceiling": .number(Result { () throws(Reason) in try made.kendallNoiseCeiling() }),
      ])
    } catch {
      value = ["undefined": .string(error.text)]
    }
    return [JSONMember(key: "replicates", value: value)]
  }
}

extension JSONValue {
  /// An object whose member `value` is undefined, as undefined itself, with its other members.
  fileprivate var hoistingUndefined: JSONValue {
    guard let reason = self["value"]?["undefined"], let members else { return self }
    return .object([JSONMember(key: "undefined", value: reason)] + members.filter { $0.key != "value" })
  }

  fileprivate static func range(of range: Result<ClosedRange<Double>, Reason>) -> JSONValue {
    switch range {
    case .success(let range): .range(range)
    case .failure(let undefined): ["undefined": .string(undefined.text)]
    }
  }
}
