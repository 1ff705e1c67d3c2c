import Outcomes
import Statistics

/// The conditions that rules are made of, with the rows that meet each.
struct ConditionList: Sendable {
  /// The conditions, in order of features and cut points.
  private(set) var conditions: [RuleCondition] = []
  /// The rows that meet each.
  private(set) var rows: [RowSet] = []
  private var known: Set<RowSet> = []

  /// Lists the conditions of features in their order: of text and truth values, and of numbers with up to 12 values, `==` each
  /// value; of numbers also `>=` and `<=` cut points, which are observed values: all of them up to `cuts` for each of the
  /// two, otherwise those nearest to quantiles of equal steps. What a condition before it selects too, nothing and
  /// everything are left out.
  ///
  /// - Throws: `Reason` when a feature that is no number has over 100 levels, or there are over 4,096 conditions or none.
  init(_ features: [FeatureColumn], cuts: Int) throws(Reason) {
    for feature in features {
      switch feature.values {
      case .numbers(let values): addNumbers(feature.name, values.map { $0.map { $0 + 0 } }, cuts: cuts)
      case .texts(let values):
        let distinct = FeatureLevels.distinct(values.compactMap(\.self).sorted(by: FeatureLevels.precedes))
        guard distinct.count <= FeatureEffects.greatestLevels else {
          throw Reason("\(feature.name) has \(distinct.count) levels, over \(FeatureEffects.greatestLevels)")
        }
        for text in distinct {
          add(RuleCondition(feature.name, .equal, .text(text)), of: values.count) { values[$0] == text }
        }
      case .truths(let values):
        for truth in [false, true] {
          add(RuleCondition(feature.name, .equal, .truth(truth)), of: values.count) { values[$0] == truth }
        }
      }
      guard conditions.count <= Self.greatest else { throw Reason("there are over \(Self.greatest) conditions") }
    }
    guard !conditions.isEmpty else { throw Reason("no feature varies") }
  }

  /// The most conditions.
  static let greatest = 4096

  private mutating func addNumbers(_ name: String, _ values: [Double?], cuts: Int) {
    let sorted = values.compactMap(\.self).sorted()
    let distinct = FeatureLevels.distinct(sorted)
    if distinct.count <= FeatureLevels.greatest {
      for value in distinct {
        add(RuleCondition(name, .equal, .number(value)), of: values.count) { values[$0] == value }
      }
    }
    for cut in Self.cutPoints(sorted, distinct, atMost: cuts) {
      add(RuleCondition(name, .atLeast, .number(cut)), of: values.count) { values[$0].map { $0 >= cut } ?? false }
    }
    for cut in Self.cutPoints(sorted, distinct, atMost: cuts) {
      add(RuleCondition(name, .atMost, .number(cut)), of: values.count) { values[$0].map { $0 <= cut } ?? false }
    }
  }

  /// All values, or `cuts` of them at equal steps of the sorted column.
  private static func cutPoints(_ sorted: [Double], _ distinct: [Double], atMost cuts: Int) -> [Double] {
    guard distinct.count > cuts else { return distinct }
    let count = max(1, cuts)
    let picked = (0..<count).map { (step: Int) -> Double in
      let share: Double = (Double(step) + 0.5) / Double(count)
      return sorted[Int(share * Double(sorted.count))]
    }
    return FeatureLevels.distinct(picked)
  }

  private mutating func add(_ condition: RuleCondition, of count: Int, _ test: (Int) -> Bool) {
    let set = RowSet(count: count, where: test)
    let size = set.size
    guard size > 0, size < count, known.insert(set).inserted else { return }
    conditions.append(condition)
    rows.append(set)
  }

  /// The rows that meet all of the given conditions.
  func rows(of rule: [Int], count: Int) -> RowSet {
    var set = RowSet(count: count, where: { _ in true })
    for condition in rule { set = set.intersection(rows[condition]) }
    return set
  }

  /// The rule of the given conditions.
  func rule(_ places: [Int]) -> Rule { Rule(places.map { conditions[$0] }) }
}

/// A set of rows as bits of words.
struct RowSet: Sendable, Hashable {
  private(set) var words: [UInt64]

  /// No rows out of a number of them.
  init(count: Int) { words = [UInt64](repeating: 0, count: Self.wordCount(count)) }

  /// The rows for which a test holds.
  init(count: Int, where test: (Int) -> Bool) {
    self.init(count: count)
    for row in 0..<count where test(row) { insert(row) }
  }

  static func wordCount(_ count: Int) -> Int { (count + 63) / 64 }

  func contains(_ row: Int) -> Bool { words[row >> 6] & 1 << UInt64(row & 63) != 0 }

  mutating func insert(_ row: Int) { words[row >> 6] |= 1 << UInt64(row & 63) }

  /// The number of rows.
  var size: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The rows in both.
  func intersection(_ other: RowSet) -> RowSet {
    var both = self
    for index in both.words.indices { both.words[index] &= other.words[index] }
    return both
  }
}
