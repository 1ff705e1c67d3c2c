import Documents
import Reports
import Specs
import Statistics

/// Baselines that are made of several columns of sizes, the strongest that need no metric.
extension BaselineSpec {
  /// Every lexicographic order of some columns: each is a baseline.
  package struct Orders: Keyed {
    package var columns: [Located<String>] = []

    package init() {}

    /// The most columns: three make six orders.
    static let greatestCount = 3

    package static let definition = "orders"
    package static let summary =
      "Every lexicographic order of these columns, each a baseline named such as depth-then-width."
    package static let fields: [Field<Orders>] = [
      .required(
        "orders", \.columns, "Two or three columns of sizes.", .list(.identifier, minimum: 2))
    ]

    /// The orders, each a list of columns: those that begin with the first column first. Of too many columns those of the first few.
    var all: [[Located<String>]] { Self.permutations(Array(columns.prefix(Self.greatestCount))) }

    /// The name of an order.
    static func name(_ order: [Located<String>]) -> Located<String> {
      Located(
        order.map(\.value).joined(separator: "-then-"), at: order.first?.location ?? Located<String>.unread.location)
    }

    private static func permutations(_ columns: [Located<String>]) -> [[Located<String>]] {
      guard columns.count > 1 else { return [columns] }
      return columns.indices.flatMap { first in
        var others = columns
        let leading = others.remove(at: first)
        return permutations(others).map { [leading] + $0 }
      }
    }
  }

  /// A ranking by several columns that is learnt from the target of other rows; see `CrossFittedRank`.
  package struct CrossFitted: Keyed {
    package var columns: [Located<String>] = []
    package var name = Located<String>.unread
    /// The name for people.
    package var title: String?
    package var folds = 10
    package var seed = Seed()

    package init() {}

    package static let definition = "cross-fitted"
    package static let summary =
      "A linear rank of these columns, fitted to the target's ranks; each row is ranked by the fit to the other folds."
    package static let fields: [Field<CrossFitted>] = [
      .identifiers("cross-fitted", \.columns, "The columns.", isRequired: true),
      .required("name", \.name, "Its name in the results.", .identifier),
      .title(\.title),
      .optional("folds", \.folds, "Number of folds, into which units are dealt whole.", .integer(2...100)),
      .optional("seed", \.seed, "Seed of the folds."),
    ]
  }
}

/// The source of a cross-fitted rank: its columns, and the target that it is fitted to.
package struct CrossFittedSource: Sendable, Hashable {
  package var columns: [String]
  /// The column that the rank is fitted to.
  package var target: String
  package var targetHigherIsBetter: Bool
  package var folds: Int
  package var seed: Seed

  /// Its part of a step's parameters.
  var parameters: JSONValue {
    .record([
      "cross-fitted": .array(columns.map { .string($0) }), "target": .string(target),
      "target-higher-is-better": .bool(targetHigherIsBetter), "folds": .integer(folds), "seed": seed.canonical,
    ])
  }
}

extension [FamilyMember] {
  /// A note for each rank fitted to columns.
  ///
  /// - Parameter units: The units that are dealt to folds, in words.
  func fitNotes(units: String) -> [MarkdownText] {
    compactMap { member -> MarkdownText? in
      guard case .crossFitted(let source) = member.source else { return nil }
      return
        "\(member.title): linear rank of \(source.columns.count == 1 ? "a column" : "\(source.columns.count) columns"), by least squares on mid-ranks; each row is ranked by the fit to the other folds (\(source.folds) folds of \(units), seed \(source.seed.value)). The fits stay as they are when rows are resampled."
    }
  }
}

extension ComparedMetrics {
  /// Notes on the ranks that are fitted to columns.
  func fitNotes() -> [MarkdownText] {
    members.fitNotes(units: IntervalSpec.units(unit))
  }
}
