import Outcomes
import Statistics

/// Permutation tests of features and groups, and frequencies of levels, on rows that stand by themselves.
struct FeatureTests {
  /// What each feature explains, then each group.
  let explained: [FeatureEffects.Explained]
  /// What each group explains in each stratum.
  let withinStrata: [[Result<VarianceExplained, Reason>]]
  private let scores: Result<[Double], Reason>
  private let levels: [FeatureLevels]
  private let sizes: [Double]

  /// Tests the features of a sample whose levels are known.
  init(_ sample: FeatureSample, _ levels: [FeatureLevels], _ settings: FeatureEffects.Settings) {
    sizes = settings.topSizes
    do throws(Reason) {
      let (units, firsts) = try sample.units()
      let levels = levels.map { $0.selecting(rows: firsts) }
      self.levels = levels
      scores = .success(units.target.map { units.higherIsBetter ? $0 : -$0 })
      let columns = units.features.indices.map { index in
        FeatureDesign.columns(
          units.features[index], levels[index], byLevel: settings.byLevel.contains(index))
      }
      let grouped = settings.groups.map { group in group.flatMap { columns[$0] } }
      let designs = columns + grouped
      let strata = Strata(units.strata)
      func tests(_ designs: [[[Double]]], _ target: [Double], _ strata: Strata) -> [Result<
        VarianceExplained, Reason
      >] {
        VarianceExplained.tests(of: designs, target: target, strata: strata, settings: settings.permutation)
      }
      let alone = tests(designs, units.target, Strata(rowCount: units.target.count))
      let given = strata.count > 1 ? tests(designs, units.target, strata) : alone
      explained = zip(alone, given).map { FeatureEffects.Explained(alone: $0, givenStrata: $1) }
      let byStratum = (strata.count > 1 ? strata.members : []).map { rows in
        tests(
          grouped.map { design in design.map { column in rows.map { column[$0] } } }, rows.map { units.target[$0] },
          Strata(rowCount: rows.count))
      }
      withinStrata = settings.groups.indices.map { group in byStratum.map { $0[group] } }
    } catch {
      scores = .failure(error)
      self.levels = levels
      let none = Result<VarianceExplained, Reason>.failure(error)
      explained = (0..<sample.features.count + settings.groups.count).map { _ in .init(alone: none, givenStrata: none) }
      withinStrata = settings.groups.map { _ in [] }
    }
  }

  /// How frequent each level of a feature is in the top, by size and level.
  func frequencies(of feature: Int) -> [[Result<TopFrequency, Reason>]] {
    let levels = self.levels[feature]
    return sizes.map { size in
      levels.levels.indices.map { level in
        do throws(Reason) {
          let scores = try self.scores.get()
          return .success(
            try TopFrequency(
              of: levels.numbers.map { $0 == level }, scores: scores, size: TopSize.count(size, of: scores.count)))
        } catch {
          return .failure(error)
        }
      }
    }
  }
}
