import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs

/// A section whose parts can be computed: listed in `SectionCatalog`, it is all that the rest of the tool knows of it.
package protocol ComputedSection: Section {
  /// The part with its columns looked up; nil when a problem has been reported that leaves nothing to compute.
  ///
  /// Columns that the fields of the section declare (`Field.column`, `Field.columns`) have been looked up and reported.
  func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)?
}

/// A named part of an analysis that computes values: its steps, what stands under its name among the results, and the tables
/// and figures made from it.
package protocol AnalysisPart: Sendable {
  /// The name in the analysis; results are addressed by it.
  var name: String { get }
  /// The name for people.
  var title: String { get }
  /// The steps that compute it.
  var steps: [any Step] { get }
  /// The seed of random draws; nil when nothing is drawn.
  var seed: Int? { get }
  /// The names that `columns` of a figure may have, with a noun for them in messages; nil when its figures take no columns.
  var figureColumns: (what: String, names: [String])? { get }
  /// The table whose columns `group-by` of its figures may name; nil when they take none.
  var groupedTable: String? { get }

  /// The table whose rows, or units of rows, are drawn at random for its intervals, bands and tests; nil when none are.
  var drawnTable: String? { get }
  /// True when its rows are drawn one by one because the spec says so, whatever units the table has.
  var ignoresUnits: Bool { get }

  /// The names of all values under a path, as far as it is known before anything is computed; nil when only the data tell.
  ///
  /// - Parameter path: The keys that lead there from the part's name.
  func valueNames(under path: [String]) -> [String]?
  /// The values under its name in the results, from the outputs of its steps by their names.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue
  /// The policy for missing values behind a value, as a word of specs; nil where nothing can be missing.
  ///
  /// - Parameter path: The keys that lead to the value from the part's name.
  func missingPolicy(of path: [Substring]) -> String?
  /// True when the value at a path is known to have an interval before anything is computed.
  ///
  /// - Parameter path: The keys that lead to the value from the part's name.
  func hasInterval(at path: [Substring]) -> Bool
  /// Both sides of the comparison that a value is of, for people, such as `Head confidence − Parameters`; nil for a value of no
  /// comparison.
  ///
  /// - Parameter path: The keys that lead to the value from the part's name.
  func comparison(at path: [Substring]) -> String?
  /// What a value is, where the last key of its path does not say it, such as `difference in Somers' d`; nil elsewhere.
  ///
  /// - Parameter path: The keys that lead to the value from the part's name.
  func valueTitle(at path: [Substring]) -> String?
  /// The table that a spec asks for.
  func table(_ spec: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable
  /// The artifacts that a figure of it reads.
  func figureInputs(_ figure: FigureSpec) -> [StepInput]
  /// A figure of it.
  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure
}

/// A part whose values stand under the names of metrics and baselines.
package protocol MetricPart: AnalysisPart {
  /// Metrics, then baselines.
  var members: [FamilyMember] { get }
  /// Keys in the results under which the values of some members stand again, such as `best`.
  var highlights: [String] { get }
}

extension AnalysisPart {
  /// Everything besides the outputs of its steps that its values, tables and figures can depend on: all that it is made of,
  /// titles too.
  package var presentation: JSONValue { Described.json(self) }

  /// The outputs of its steps, under their names.
  package var inputs: [StepInput] { steps.map { StepInput($0.name, from: $0.name) } }

  /// The tables that its steps read, by name, each once.
  package var tables: [String] {
    var seen: Set<String> = []
    return steps.flatMap(\.inputs).compactMap(\.table).filter { seen.insert($0).inserted }
  }

  package var seed: Int? { nil }
  package var figureColumns: (what: String, names: [String])? { nil }
  package var groupedTable: String? { nil }
  package var drawnTable: String? { nil }
  package var ignoresUnits: Bool { false }
  package func valueNames(under _: [String]) -> [String]? { nil }
  package func missingPolicy(of _: [Substring]) -> String? { nil }
  package func hasInterval(at _: [Substring]) -> Bool { false }
  package func comparison(at _: [Substring]) -> String? { nil }
  package func valueTitle(at _: [Substring]) -> String? { nil }

  /// The output of its only step.
  package func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    guard steps.count == 1 else { throw Reason("\(name) has \(steps.count) steps") }
    return try inputs.json(steps[0].name)
  }

  package func figureInputs(_: FigureSpec) -> [StepInput] { inputs }

  package func figure(_ source: FigureSource, _: StepInputs) throws(Reason) -> ResolvedFigure {
    throw Reason("there is no figure \(source.spec.kind.word) of \(name)")
  }
}

/// A figure of the parts of a section: the name by which specs ask for it, what it reads, and how it is drawn.
struct PartFigure<Part: AnalysisPart>: Sendable {
  typealias Reads = @Sendable (Part, FigureSpec) -> [StepInput]
  typealias Draw = @Sendable (Part) -> (FigureSource, StepInputs) throws(Reason) -> ResolvedFigure

  let kind: FigureKind
  let reads: Reads
  let draw: Draw

  /// Pairs a kind of figure with the function that draws it.
  ///
  /// - Parameter reads: The artifacts that `draw` reads; all outputs of the part's steps when left out.
  init(_ kind: FigureKind, reads: @escaping Reads = { part, _ in part.inputs }, draw: @escaping Draw) {
    self.kind = kind
    self.reads = reads
    self.draw = draw
  }
}

/// A part with figures: its section's `SectionKind` takes their kinds from this list.
protocol DrawnPart: AnalysisPart {
  static var figures: [PartFigure<Self>] { get }
}

extension DrawnPart {
  func figureInputs(_ figure: FigureSpec) -> [StepInput] {
    Self.figures.first { $0.kind == figure.kind }?.reads(self, figure) ?? []
  }

  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    guard let figure = Self.figures.first(where: { $0.kind == source.spec.kind }) else {
      throw Reason("there is no figure \(source.spec.kind.word) of \(name)")
    }
    return try figure.draw(self)(source, inputs)
  }
}

extension StepInput {
  /// The table of an analysis, as an input.
  package static func table(_ name: String, as input: String = "table") -> StepInput {
    StepInput(input, from: "table/\(name)")
  }

  /// The name of the table that it is; nil for other artifacts.
  package var table: String? { step.hasPrefix("table/") && artifact == nil ? String(step.dropFirst(6)) : nil }
}
