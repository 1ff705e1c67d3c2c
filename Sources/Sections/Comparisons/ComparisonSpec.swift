import Documents
import Specs

/// Computed columns held against published ones, row by row.
package struct ComparisonSpec: ComputedSection, Keyed {
  /// A computed column with its published one.
  package struct Pair: Keyed {
    package var computed = Located<String>.unread
    package var published = Located<String>.unread
    /// The name in the results; the computed column's by default.
    package var name = Located<String>.unread
    /// The name for people; the computed column's when nil.
    package var title: String?

    package init() {}

    package static let definition = "comparison-pair"
    package static let summary = "A computed column with its published one."
    package static let fields: [Field<Pair>] = [
      .column("computed", \.computed, "The computed column.", isNumeric: true),
      .column("published", \.published, "The published column.", isNumeric: true),
      .optional("name", \.name, "Its name in the results; the computed column's when left out.", .identifier),
      .title(\.title),
    ]

    package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> Pair? {
      var pair = keys.read(node, reading)
      if let computed = pair?.computed, pair?.name.value.isEmpty == true { pair?.name = computed }
      return pair
    }
  }

  package var name = Located<String>.unread
  package var title: String?
  package var dataset = Located<String>.unread
  package var pairs: [Pair] = []

  package init() {}

  package static let kind = SectionKind(
    "comparisons", noun: "comparison", "Computed columns held against published ones, by name.",
    contents: ["comparison"], figures: ComparisonPart.figures.map(\.kind))
  package static let definition = "comparison"
  package static let summary = "Computed columns held against published ones, row by row."
  package static let fields: [Field<ComparisonSpec>] = [
    .title(\.title),
    .table("dataset", \.dataset, "Name of a dataset or measurement with the columns of every pair."),
    .required("pairs", \.pairs, "The pairs."),
  ]

  package func check(_ checks: inout AnalysisChecks) {
    var seen: Set<String> = []
    for pair in pairs where !seen.insert(pair.name.value).inserted {
      checks.report(
        "duplicate-name", pair.name, "there are two pairs of the name \(pair.name.value)",
        reason: "results are addressed by these names", fix: "give one a `name`")
    }
  }

  package func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? {
    guard let table = lookup.table(dataset) else { return nil }
    let titles = pairs.map { pair in
      pair.title ?? table.column(pair.computed.value)?.displayTitle ?? pair.name.value
    }
    return ComparisonPart(spec: self, titles: titles)
  }
}
