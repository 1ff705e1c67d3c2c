import Diagnostics
import Documents
import Foundation
import Outcomes
import Pipeline
import Reports
import Specs
import Statistics
import Store
import Tables
import TestSupport
import Testing

@testable import Runner
@testable import Sections

// The section that Sources/Sections/README.md writes, word for word: one of the tool itself would be a folder of that module,
// with a file for the spec, one for results and step, and one for the part.

/// The mean of a column.
package struct MeanSpec: ComputedSection, Keyed {
  package var name = Located<String>.unread
  package var title: String?
  package var dataset = Located<String>.unread
  package var column = Located<String>.unread
  package init() {}

  package static let kind = SectionKind("means", noun: "mean", "Means of columns, by name.", contents: ["mean"])
  package static let definition = "mean"
  package static let summary = "The mean of a column."
  package static let fields: [Field<MeanSpec>] = [
    .title(\.title), .table("dataset", \.dataset), .column("column", \.column, "The column.", isNumeric: true),
  ]

  package func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? {
    lookup.table(dataset)?.column(column.value).map { MeanPart(spec: self, column: $0.displayTitle) }
  }
}

struct MeanResults: Codable, Sendable, Equatable {
  var n: Int
  var mean: Outcome<Double>
}

struct MeanStep: ResultStep {
  let spec: MeanSpec
  let kind = StepKind("mean", version: 1)
  var name: String { "mean/\(spec.name.value)" }
  var inputs: [StepInput] { [.table(spec.dataset.value)] }
  var parameters: JSONValue { spec.canonical(except: ["dataset"]) }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> MeanResults {
    guard let column = try inputs.table("table")[spec.column.value] else {
      throw Reason("no column \(spec.column.value)")
    }
    try column.requireExact()
    let values = column.numbers.compactMap(\.self)
    return MeanResults(
      n: values.count, mean: values.isEmpty ? .failure(Reason("no rows")) : .success(Mean.value(values)))
  }
}

struct MeanPart: AnalysisPart {
  let spec: MeanSpec
  /// The column's name for people.
  let column: String
  var name: String { spec.name.value }
  var title: String { spec.displayTitle }
  private var step: MeanStep { MeanStep(spec: spec) }
  var steps: [any Step] { [step] }

  func valueNames(under path: [String]) -> [String]? { path.isEmpty ? ["n", "mean"] : nil }
  func missingPolicy(of _: [Substring]) -> String? { MissingPolicy.drop.rawValue }

  func table(_: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    let found = try context.output(of: step)
    return ReportTable(
      name: name, caption: "\(title): the mean of a column.",
      columns: [.init("Column"), .init("n", isNumeric: true), .init("Mean", isNumeric: true)],
      rows: [[.init(column), .count(found.n), .number(found.mean)]])
  }
}

/// A section is one entry of a language: reading, findings with their places, steps, values, prose and tables follow.
@Suite struct ExampleSectionTests {
  private let analysis: ReducedAnalysis
  private let language = SpecLanguage(SectionCatalog.all + [MeanSpec.self])

  init() throws { analysis = try ReducedAnalysis() }

  private func spec(_ part: String) -> String {
    """
    analysis: typical
    title: Typical
    datasets: {nets: {use: set/nets}}
    means:
      losses: \(part)
    report:
      - text: "{{ losses.n }} losses, {{ losses.mean | .3 }} on average."
      - table: losses
    """
  }

  @Test func sectionsOfOthersReachTheReport() async throws {
    let made = try await analysis.run(spec("{dataset: nets, column: loss, title: Losses}"), language: language)
    #expect(made.result.failures.isEmpty, "\(made.result.failures)")
    let digest = try #require(made.result.records["report"]?.artifacts["report.md"])
    let report = String(decoding: try made.store.artifact(digest), as: UTF8.self)
    let losses = ReducedAnalysis.rows.compactMap { Double($0[8]) }.filter(\.isFinite)
    let mean = String(format: "%.3f", losses.reduce(0, +) / Double(losses.count))
    #expect(losses.count == 39 && report.contains("39 losses, \(mean) on average."))
    #expect(report.contains("| Loss | 39 | \(mean) |"))
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
    #expect(try findings("{dataset: nets, column: loss, titel: Losses}").map { $0.prefix(4) } == ["5:41"])
  }

  @Test(arguments: ["package struct MeanSpec", "struct MeanResults", "struct MeanStep", "struct MeanPart"])
  func readmeHasTheExample(_ start: String) throws {
    let example = try #require(try ReadmeExample.declaration(start, in: "RunnerTests/ExampleSectionTests.swift"))
    #expect(try ReadmeExample.readme(of: "Sections").contains(example))
  }
}
