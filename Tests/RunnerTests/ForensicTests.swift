import Diagnostics
import Documents
import Forensics
import Outcomes
import Pipeline
import Reports
import Specs
import Testing

@testable import Runner
@testable import Sections

@Suite struct ForensicTests {
  private let analysis: MeasuredAnalysis
  private static let spec = """
    analysis: traces
    title: Traces
    datasets:
      logs: {use: set/logs}
      published: {use: set/published}
    forensics:
      missing: {title: Who is missing, survivorship: {dataset: logs, survivors: published, on: id, target: loss}}
      function: {function-of: {dataset: logs, column: loss, of: recipe}}
      growth: {accumulation: {dataset: published, order: id}}
      order: {batch-overlap: {dataset: published, subject: id, permutations: 99, seed: 5}}
    report:
      - text: "{{ missing.verdict }}: {{ missing.missing }} of {{ missing.keys }}, {{ missing.missing-share | .0% }}"
      - table: forensics
      - table: missing
      - table: {from: growth, content: details}
    """

  init() throws { analysis = try MeasuredAnalysis() }

  private func results() async throws -> (ResolvedAnalysis, JSONValue) {
    let result = try await analysis.run(Self.spec)
    #expect(result.failures.isEmpty)
    return (try analysis.resolve(Self.spec), try analysis.json("results", result))
  }

  @Test func findingsAreAddressedByPath() async throws {
    let (_, results) = try await results()
    #expect(ValuePath.value(at: "missing.verdict", in: results) == "found")
    #expect(try ValuePath.number(at: "missing.missing", in: results) == 2)
    #expect(ValuePath.value(at: "function.verdict", in: results) == "undecidable")
    #expect(ValuePath.value(at: "function.reason", in: results) == "no key stands in two rows")
    #expect(try ValuePath.number(at: "function.distinct", in: results) == 12)
    #expect(try ValuePath.number(at: "growth.columns.published-alpha.increases", in: results) == 9)
    #expect(ValuePath.value(at: "missing.present-mean.undefined", in: results) == nil)
    #expect(ValuePath.value(at: "order.reason", in: results) == "no subject has three values that are there and differ")
  }

  @Test func tablesOfFindings() async throws {
    let (resolved, results) = try await results()
    let tables = AnalysisTables(
      resolved: resolved, results: results, published: [:],
      inputs: StepInputs { name throws(Reason) in throw Reason("no input \(name)") })
    let made = try resolved.analysis.report.compactMap { cell -> ReportTable? in
      if case .table(let spec) = cell { try tables.table(spec, caption: nil) } else { nil }
    }
    #expect(made[0].rows.map { $0[3].text }.prefix(3) == ["found", "undecidable: no key stands in two rows", "found"])
    #expect(made[0].rows[0].map(\.text).dropLast() == ["Who is missing", "logs", "survivorship", "found"])
    #expect(made[0].rows[0].last?.text.contains("missing keys: 2") == true)
    #expect(made[1].rows.first?.map(\.text) == ["Verdict", "found"])
    #expect(made[1].rows.contains { $0.map(\.text) == ["Share of the keys", "16.7 %"] })
    #expect(made[2].columns.map(\.title).prefix(3) == ["Column", "Steps", "Increases"])
    #expect(made[2].rows.map { $0.prefix(3).map(\.text) } == [["published-alpha", "9", "9"]])
  }

  /// Each setting is part of the key: with another one, the step is another.
  @Test(arguments: [
    ("on: id, target: loss", "on: id"), ("of: recipe", "of: recipe, tolerance: 0.5"),
    ("of: recipe", "of: recipe, exceptions: 1"), ("order: id", "order: id, share: 0.9"), ("seed: 5", "seed: 6"),
    ("dataset: published, order: id", "dataset: published, columns: [id]"),
  ])
  func settingsDecideTheKey(_ old: String, _ new: String) throws {
    func parameters(_ spec: String) throws -> [JSONValue] {
      try analysis.plan(spec).steps.filter { $0.kind.name == "forensics" }.map(\.parameters)
    }
    let (first, second) = (try parameters(Self.spec), try parameters(Self.spec.replacing(old, with: new)))
    #expect(zip(first, second).count { $0 != $1 } == 1)
  }

  @Test(arguments: [
    ("on: id,", "on: di,", ["7:92 unknown-column", "7:92 unknown-column"]),
    ("target: loss", "target: recipe", ["7:104 not-a-number"]),
    ("of: recipe", "of: recipes", ["8:61 unknown-column"]),
    ("order: id", "order: recipe", ["9:54 unknown-column"]),
    (
      "growth: {accumulation: {dataset: published, order: id", "growth: {accumulation: {dataset: logs, order: id",
      ["9:36 no-metrics"]
    ),
  ])
  func namesAreLookedUp(_ old: String, _ new: String, _ expected: [String]) throws {
    let error = #expect(throws: DiagnosticsError.self) {
      try analysis.resolve(Self.spec.replacing(old, with: new, maxReplacements: 1))
    }
    #expect(
      error?.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" } == expected)
  }
}
