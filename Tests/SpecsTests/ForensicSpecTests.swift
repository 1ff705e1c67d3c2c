import Diagnostics
import Documents
import Testing

@testable import Forensics
@testable import Sections
@testable import Specs

@Suite struct ForensicSpecTests {
  static let good = """
    analysis: traces
    title: Traces
    datasets:
      results: {use: set/results}
      logs: {use: set/logs}
    forensics:
      repeats: {title: Repeats, duplicates: {dataset: results, columns: [alpha, beta], id: id}}
      noise: {replicates: {dataset: results, same: [net], target: loss, differs: op, by: [depth, width], id: id}}
      function: {function-of: {dataset: results, column: alpha, of: [size, depth], tolerance: 0.01, exceptions: 2}}
      match: {column-match: {dataset: results, column: alpha, candidates: [beta, gamma], relations: [factor, opposite], tolerance: 1e-4, share: 0.9}}
      missing: {survivorship: {dataset: logs, survivors: results, on: log-name, target: loss, by: kind}}
      overlap: {batch-overlap: {dataset: results, subject: cell, order: batch, length: 70, stride: 1, permutations: 999, seed: 3, level: 0.01}}
      offset: {constant-offset: {dataset: results, column: alpha, minus: beta}}
      conditions: {constant-offset: {dataset: results, column: alpha, minus: {column: steps, values: [500, 1000], on: [id]}, tolerance: 0.1}}
      copies: {copied-values: {dataset: results, columns: all, over: steps, on: [id, task], share: 0.8}}
      means: {aggregate: {dataset: results, column: glue, of: [cola, rte], statistic: product, tolerance: 0.02, by: steps, id: id}}
      hooks: {accumulation: {dataset: results, subject: cell, order: batch, per: terms, share: 0.9, level: 0.001}}
    report:
      - table: forensics
      - table: repeats
      - table: {from: repeats, content: details}
      - table: {from: repeats, content: details, section: strides}
      - table: {from: missing, content: details, section: groups-kind}
    """

  private func parse(_ text: String) throws(DiagnosticsError) -> Analysis {
    try SectionCatalog.language.parse(Array(text.utf8), file: "s.yaml")
  }

  private func problems(_ text: String) -> [String] {
    do {
      _ = try parse(text)
      return []
    } catch {
      return error.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }
    }
  }

  @Test func everySettingIsRead() throws {
    let checks = try parse(Self.good).parts(ForensicSpec.self)
    #expect(checks.map(\.name.value).prefix(3) == ["repeats", "noise", "function"] && checks[0].title == "Repeats")
    func check<Check>(_ index: Int) throws -> Check { try #require(checks[index].check as? Check) }
    let repeats: DuplicatesCheck = try check(0)
    let noise: ReplicatesCheck = try check(1)
    let function: FunctionOfCheck = try check(2)
    let match: ColumnMatchCheck = try check(3)
    let missing: SurvivorshipCheck = try check(4)
    let overlap: BatchOverlapCheck = try check(5)
    let offset: ConstantOffsetCheck = try check(6)
    let paired: ConstantOffsetCheck = try check(7)
    let copies: CopiedValuesCheck = try check(8)
    let means: AggregateCheck = try check(9)
    let hooks: AccumulationCheck = try check(10)
    #expect(repeats.columns.named.map(\.value) == ["alpha", "beta"] && repeats.id?.value == "id")
    #expect(noise.differs.map(\.value) == ["op"] && noise.strata.map(\.value) == ["depth", "width"])
    #expect(function.of.map(\.value) == ["size", "depth"] && function.tolerance == 0.01 && function.exceptions == 2)
    #expect(match.relations == [.factor, .opposite] && match.tolerance == 1e-4 && match.share == 0.9)
    #expect(missing.survivors.value == "results" && missing.keys.map(\.value) == ["log-name"])
    #expect(overlap.length == 70 && overlap.stride == 1 && overlap.permutations == 999 && overlap.seed.value == 3)
    #expect(overlap.columns == .all && overlap.level == 0.01 && overlap.order?.value == "batch")
    guard case .column(let beta) = offset.counterpart, case .conditions(let conditions) = paired.counterpart else {
      Issue.record("a counterpart is of another kind")
      return
    }
    #expect(beta.value == "beta" && offset.tolerance == 1e-3 && paired.tolerance == 0.1)
    #expect(conditions.values.map(\.value) == ["500", "1000"] && conditions.keys.map(\.value) == ["id"])
    #expect(copies.columns == .all && copies.keys.map(\.value) == ["id", "task"] && copies.share == 0.8)
    #expect(means.statistic == .product && means.by?.value == "steps" && means.id?.value == "id")
    #expect(hooks.per.map(\.value) == ["terms"] && hooks.share == 0.9 && hooks.level == 0.001)
  }

  /// Replacements in the good spec, and the findings they cause.
  @Test(arguments: [
    ("duplicates: {dataset: results", "duplicates: {dataset: result", ["7:51 unknown-name"]),
    ("survivors: results", "survivors: logs", ["11:54 same-dataset"]),
    ("of: [size, depth]", "of: [size, alpha]", ["9:72 same-column"]),
    ("same: [net]", "same: [net, loss]", ["8:54 same-column"]),
    ("candidates: [beta, gamma]", "candidates: [beta, alpha]", ["10:78 same-column"]),
    ("of: [cola, rte]", "of: [cola, glue]", ["16:66 same-column"]),
    ("on: [id, task]", "on: [id, steps]", ["15:82 same-column"]),
    ("minus: beta", "minus: alpha", ["13:70 same-column"]),
    ("length: 70, stride: 1,", "length: 70,", ["12:3 missing-key"]),
    ("values: [500, 1000]", "values: [500, 500]", ["14:83 bad-conditions"]),
    ("values: [500, 1000]", "values: [500]", ["14:83 bad-conditions"]),
    ("statistic: product", "statistic: median", ["16:83 unknown-word"]),
    ("permutations: 999", "permutations: 5", ["12:113 out-of-range"]),
    ("function-of:", "functionof:", ["9:14 unknown-key"]),
    ("section: strides", "section: stride", ["22:55 unknown-name"]),
    ("content: details, section: strides", "section: strides", ["22:37 unfitting-section"]),
    ("{from: repeats, content: details}", "{from: offset, content: details}", ["21:19 unfitting-content"]),
    ("{from: repeats, content: details}", "{from: repeats, content: summary}", ["21:19 unfitting-content"]),
    ("  repeats: {title", "  forensics: {title", ["7:3 reserved-name"]),
  ])
  func problemsHaveTheirPlace(_ old: String, _ new: String, _ expected: [String]) {
    let found = problems(Self.good.replacing(old, with: new, maxReplacements: 1))
    #expect(Array(found.prefix(expected.count)) == expected, "\(found)")
  }

  @Test func theTableOfAllChecksNeedsOne() {
    let text = """
      analysis: none
      title: None
      datasets:
        results: {use: set/results}
      report:
        - table: forensics
      """
    #expect(problems(text) == ["6:12 unknown-name"])
  }
}
