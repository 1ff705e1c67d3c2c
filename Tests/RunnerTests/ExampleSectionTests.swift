import Diagnostics
import Documents
import Outcomes
import Pipeline
import Reports
import Specs
import Store
import Testing

@testable import Runner
@testable import Sections

// The section that Sources/Sections/README.md names: one of the tool itself would be a folder of that module, with a file
// for the spec, for step and results, and for the part.

/// How many rows have a value of a column.
struct CoverageSpec: ComputedSection, Keyed {
  var name = Located<String>.unread
  var title: String?
  var dataset = Located<String>.unread
  var column = Located<String>.unread
  /// A smaller share is too small.
  var minimum = 0.5

  static let kind = SectionKind(
    "coverage", noun: "coverage", "Rows that have a value, by name.", contents: ["coverage"])
  static let definition = "coverage"
  static let summary = "How many rows have a value of a column."
  static let fields: [Field<CoverageSpec>] = [
    .title(\.title), .table("dataset", \.dataset), .column("column", \.column, "The column."),
    .optional("minimum", \.minimum, "A smaller share is too small.", .number(0...1, exclusive: false)),
  ]

  func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? { CoveragePart(spec: self) }
}

/// What `CoverageStep` computes.
struct CoverageResults: Codable, Sendable {
  /// Rows with a value, and rows in all.
  var n: Int
  var total: Int
  /// n / total; the reason where there is no row.
  var share: Outcome<Double>
  /// Whether the share is at least the smallest that will do; nil without rows.
  var isEnough: Bool?
}

/// Counts the rows. O(rows).
struct CoverageStep: ResultStep {
  let spec: CoverageSpec
  let kind = StepKind("coverage", version: 1)
  var name: String { "coverage/\(spec.name.value)" }
  var inputs: [StepInput] { [.table(spec.dataset.value)] }
  var parameters: JSONValue { spec.canonical(except: ["dataset"]) }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> CoverageResults {
    let table = try inputs.table("table")
    guard let column = table[spec.column.value] else { throw Reason("no column \(spec.column.value)") }
    let n = (0..<table.rowCount).count { column.text($0) != nil }
    guard table.rowCount > 0 else { return CoverageResults(n: 0, total: 0, share: .failure(Reason("no rows"))) }
    let share = Double(n) / Double(table.rowCount)
    return CoverageResults(n: n, total: table.rowCount, share: .success(share), isEnough: share >= spec.minimum)
  }
}

/// The section with its step, its values (the step's output) and its table.
struct CoveragePart: AnalysisPart {
  let spec: CoverageSpec
  var name: String { spec.name.value }
  var title: String { spec.displayTitle }
  private var step: CoverageStep { CoverageStep(spec: spec) }
  var steps: [any Step] { [step] }

  func table(_: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    let found = try context.output(of: step)
    return ReportTable(
      name: name, caption: "\(title): rows with a value.", columns: ["n", "rows", "share"].map { .init($0, isNumeric: true) },
      rows: [[.count(found.n), .count(found.total), .number(found.share)]])
  }
}

/// A section is listed once: reading, findings with their places, steps, values, prose and tables follow.
@Suite struct ExampleSectionTests {
  private let analysis: ReducedAnalysis
  private let language = SpecLanguage(SectionCatalog.all + [CoverageSpec.self])

  init() throws { analysis = try ReducedAnalysis() }

  private func spec(_ part: String) -> String {
    """
    analysis: covered
    title: Covered
    datasets: {nets: {use: set/nets}}
    coverage:
      losses: \(part)
    report:
      - text: "{{ losses.n }} of {{ losses.total }}, {{ losses.share | .3 }}: {{ losses.is-enough | text }}"
      - table: losses
    """
  }

  @Test func sectionsOfOthersReachTheReport() async throws {
    let made = try await analysis.run(
      spec("{dataset: nets, column: loss, minimum: 0.98, title: Losses}"), language: language)
    #expect(made.result.failures.isEmpty, "\(made.result.failures)")
    let digest = try #require(made.result.records["report"]?.artifacts["report.md"])
    let report = String(decoding: try made.store.artifact(digest), as: UTF8.self)
    #expect(report.contains("39 of 40, .975: no"))
    #expect(report.contains("| 39 | 40 | .975 |"))
  }

  @Test func whatDoesNotFitIsFoundAtItsPlace() throws {
    func findings(_ part: String) throws -> [String] {
      do {
        _ = try analysis.resolve(spec(part), language: language)
        return []
      } catch let error as DiagnosticsError {
        return error.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }
      }
    }
    #expect(try findings("{dataset: nets, column: los}") == ["5:35 unknown-column"])
    #expect(try findings("{dataset: nets, column: loss, minimum: 2}").map { $0.prefix(4) } == ["5:50"])
    #expect(try findings("{dataset: nets, column: loss, minimun: 1}").map { $0.prefix(4) } == ["5:41"])
  }
}
