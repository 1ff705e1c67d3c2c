import Diagnostics
import Specs
import Tables

/// Looks up what comparisons between metrics name.
extension AnalysisResolver {
  /// The most numbers that the resamples of a differences part may hold, and the most pairs it may compare.
  private static let greatestResampleCount = 20_000_000
  private static let greatestPairCount = 10_000

  mutating func differences(of analysis: Analysis, tables: [ResolvedTable]) -> [ResolvedDifferences] {
    analysis.differences.compactMap { spec -> ResolvedDifferences? in
      guard let family = family(spec.family, of: analysis, tables: tables) else { return nil }
      let names = family.members.map(\.name)
      let against = spec.against.compactMap { name -> Int? in
        if let place = names.firstIndex(of: name.value) { return place }
        report(
          name, id: "unknown-metric", "\(spec.name.value) has no metric or baseline \(name.value)", known: names,
          list: nil)
        return nil
      }
      // With a name that is not known all pairs stand, so that figures of them are not reported too.
      let isKnown = against.count == spec.against.count
      let pairs = Self.pairs(family.members, against: isKnown && !spec.against.isEmpty ? against : nil)
      if pairs.isEmpty, isKnown {
        report(
          spec.name, id: "no-pairs", "\(spec.name.value) has nothing to compare", known: [], list: nil,
          fix: "name two metrics or baselines at least")
      }
      if isKnown { checkSize(spec, members: names.count, pairs: pairs.count) }
      return ResolvedDifferences(spec: spec, family: family, pairs: pairs)
    }
  }

  /// Metrics against the members named, or every pair; each pair once.
  private static func pairs(_ members: [FamilyMember], against: [Int]?) -> [ResolvedDifferences.Pair] {
    guard let against else {
      return members.indices.flatMap { first in
        members.indices.filter { $0 > first }.map { ResolvedDifferences.Pair(first: first, second: $0) }
      }
    }
    let seconds = Set(against)
    return members.indices.filter { !members[$0].isBaseline }.flatMap { first in
      against.filter { second in
        // Where both are held against each other, the one that comes first is the first.
        second != first && !(seconds.contains(first) && !members[second].isBaseline && second < first)
      }
      .map { ResolvedDifferences.Pair(first: first, second: $0) }
    }
  }

  private mutating func checkSize(_ spec: DifferencesSpec, members: Int, pairs: Int) {
    let resamples = spec.interval.resamples
    guard
      members.multipliedReportingOverflow(by: resamples).partialValue > Self.greatestResampleCount
        || pairs > Self.greatestPairCount
    else { return }
    report(
      spec.name, id: "too-many",
      "\(spec.name.value) would compare \(pairs) pairs of \(members) metrics by \(resamples) resamples", known: [],
      list: nil, fix: "take fewer resamples, name fewer metrics, or say which they are held against")
  }

  mutating func strata(of analysis: Analysis, tables: [ResolvedTable]) -> [ResolvedStrata] {
    analysis.strata.compactMap { spec -> ResolvedStrata? in
      guard let family = family(spec.family, of: analysis, tables: tables),
        let table = tables.first(where: { $0.name == family.target.dataset })
      else { return nil }
      for name in spec.replicates { checkColumn(name, in: table) }
      for member in family.members where member.name == ResolvedStrata.reliability {
        report(
          spec.name, id: "reserved-name", "a metric of \(spec.name.value) is called \(member.name)", known: [],
          list: nil, fix: "join the column under a `prefix`, for results have that name for the target's reliability")
      }
      return ResolvedStrata(spec: spec, family: family, columns: spec.by.compactMap { checkColumn($0, in: table) })
    }
  }

  mutating func scoreSamples(of analysis: Analysis, tables: [ResolvedTable]) -> [ResolvedScoreSamples] {
    analysis.scoreSamples.compactMap { spec -> ResolvedScoreSamples? in
      guard let table = tables.first(where: { $0.name == spec.dataset.value }) else { return nil }
      for name in spec.subject { checkColumn(name, in: table) }
      var columns: [ColumnSchema] = []
      switch spec.metrics {
      case .columns(let names): columns = names.compactMap { checkColumn($0, in: table, numeric: true) }
      case .all:
        columns = table.columns.filter { $0.role == .metric && $0.type != .text }
        if columns.isEmpty {
          report(
            spec.name, id: "no-metrics", "\(table.name) has no column of role metric", known: [], list: nil,
            fix: "name the columns: `metrics: [column, …]`")
        }
      }
      guard let target = spec.target else {
        return ResolvedScoreSamples(spec: spec, columns: columns, target: nil)
      }
      guard let resolved = self.target(target, in: table) else { return nil }
      return ResolvedScoreSamples(spec: spec, columns: columns, target: resolved)
    }
  }
}
