import Documents
import Outcomes
import Pipeline
import Sections
import Statistics
import Tables

/// Gathers the answer from the outputs of the steps of an analysis that `RankSpec` made.
struct RankResults {
  let spec: RankSpec
  let session: Session
  let inputs: StepInputs

  private var columns: RankedColumns { spec.columns }

  /// The parts of a group that an answer needs: coefficients of their own only where rows differ between metrics.
  static func parts(_ spec: RankSpec, _ group: RankedColumns.Group) -> [String] {
    var parts: [String] = []
    if spec.hasDifferences { parts.append(spec.ahead(group)) }
    if needsOwnRows(spec, group) { parts.append(spec.metrics(group)) }
    if spec.hasRecall { parts.append(spec.kept(group)) }
    return parts
  }

  /// True when metrics differ in the rows that they have, or nothing else computes their coefficients.
  private static func needsOwnRows(_ spec: RankSpec, _ group: RankedColumns.Group) -> Bool {
    !spec.hasDifferences || spec.columns.lacksValues(in: group)
  }

  func answer() throws(Reason) -> RankAnswer {
    let own = columns.own
    var groups: [RankAnswer.Group] = []
    for group in columns.groups { groups.append(try answer(group)) }
    let hasUnits = !columns.clusters.isEmpty && columns.clusters != ["none"]
    return RankAnswer(
      file: .init(
        path: own.path, sha256: own.digest, rowsRead: own.report.rowsRead, rows: own.report.rowsKept,
        guessed: own.guessed),
      target: .init(name: columns.target, title: columns.targetTitle, better: columns.targetBetter),
      unitColumns: hasUnits ? columns.clusters : nil, groupedBy: columns.groupColumn,
      settings: .init(
        coefficient: Coefficient.somersD.rawValue, level: 0.95, resamples: spec.resamples, seed: spec.options.seed,
        keep: spec.options.keep),
      groups: groups, notes: columns.notes + own.guessed.notes)
  }

  private func values(_ part: String) throws(Reason) -> JSONValue {
    guard let part = session.resolved.parts.first(where: { $0.name == part }) else {
      throw Reason("there is no \(part)")
    }
    return try part.values(inputs)
  }

  private func answer(_ group: RankedColumns.Group) throws(Reason) -> RankAnswer.Group {
    let ahead: JSONValue? = spec.hasDifferences ? try values(spec.ahead(group)) : Optional.none
    let own: JSONValue? = Self.needsOwnRows(spec, group) ? try values(spec.metrics(group)) : Optional.none
    let kept: JSONValue? = spec.hasRecall ? try values(spec.kept(group)) : Optional.none
    var rows: [RankAnswer.Row] = []
    for guess in columns.members {
      rows.append(try row(guess, group, ahead: ahead, own: own, kept: kept))
    }
    let metrics = Self.sorted(rows.filter { $0.role == .metric })
    let baselines = Self.sorted(rows.filter { $0.role == .baseline })
    let strongest = baselines.first.flatMap { first in
      first.coefficient.value.value == nil ? nil : RankAnswer.Strongest(name: first.name, among: baselines.count)
    }
    var answer = RankAnswer.Group(
      value: group.value, rows: group.rows.count, sharedRows: ahead?["n"]?.int,
      top: spec.hasRecall ? spec.top(group) : nil, metrics: metrics, baselines: baselines, strongest: strongest,
      comparisons: ahead?["families"]?["paired-bootstrap"]?["tests"]?.int
        ?? metrics.count { $0.adjustedPValue != nil }, sentence: "")
    answer.sentence = RankSentence(answer, target: columns.targetTitle, resamples: spec.resamples).text
    return answer
  }

  /// From the largest coefficient to the smallest, equal ones in the order of the file, those without one last.
  private static func sorted(_ rows: [RankAnswer.Row]) -> [RankAnswer.Row] {
    rows.enumerated().sorted { left, right in
      let (first, second) = (left.element.coefficient.value.value, right.element.coefficient.value.value)
      switch (first, second) {
      case (let first?, let second?): return first == second ? left.offset < right.offset : first > second
      case (nil, nil): return left.offset < right.offset
      default: return first != nil
      }
    }.map(\.element)
  }

  private func row(
    _ guess: RankedColumns.Guess, _ group: RankedColumns.Group, ahead: JSONValue?, own: JSONValue?, kept: JSONValue?
  ) throws(Reason) -> RankAnswer.Row {
    let isBaseline = columns.baselines.contains { $0.name == guess.name }
    let better = guess.better ?? .higher
    var row = RankAnswer.Row(
      name: guess.name, title: guess.title, role: isBaseline ? .baseline : .metric, better: better, n: 0,
      coefficient: Estimate(.failure(Reason("not computed"))))
    if let values = own?[guess.name] {
      // Its sign is that of the columns as they are; here a metric that is as good as it promises is positive.
      let estimate: Estimate = try (values[Coefficient.somersD.rawValue] ?? .null).decoded()
      row.coefficient = better == columns.targetBetter ? estimate : estimate.negated
      (row.n, row.units) = (values["n"]?.int ?? 0, values["clusters"]?.int)
      if ahead == nil, !isBaseline { row.adjustedPValue = estimate.test?.adjustedPValue }
    } else if let ahead {
      row.coefficient = try (ahead["coefficients"]?[guess.name] ?? .null).decoded()
      (row.n, row.units) = (ahead["n"]?.int ?? 0, ahead["clusters"]?.int)
    }
    if let ahead, !isBaseline {
      var differences: [(name: String, value: Estimate)] = []
      for baseline in columns.baselines {
        let pair = ahead["\(guess.name)-minus-\(baseline.name)"]?["difference"] ?? .null
        differences.append((baseline.name, try pair.decoded()))
      }
      row.differences = NamedValues(differences)
      row.isAhead = differences.allSatisfy { RankSentence.isAbove($0.value) }
    }
    if let top = row.role == .metric || isBaseline ? kept?["first"]?["same-size"]?[guess.name] : nil {
      if let value = top.members?.first(where: { $0.key.hasPrefix("top-") })?.value {
        row.recall = try value.decoded(as: Estimate.self)
      } else if let reason = top["undefined"]?.string {
        row.recall = Estimate(.failure(Reason(reason)))
      }
    }
    return row
  }
}

extension Estimate {
  /// The number with its sign turned, its interval with it.
  fileprivate var negated: Estimate {
    var turned = self
    turned.value = value.map { $0 == 0 ? 0 : -$0 }
    turned.interval = interval?.map {
      var ends = $0
      (ends.lower, ends.upper) = (-$0.upper, -$0.lower)
      return ends
    }
    return turned
  }
}
