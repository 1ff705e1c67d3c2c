import Documents
import Outcomes
import Specs
import Statistics
import Testing

@testable import Sections

@Suite struct ComparisonTests {
  private let part = ComparisonPart(
    spec: ComparisonSpec {
      $0.name = "published"
      $0.pairs = ["near", "none"].map { name in ComparisonSpec.Pair { $0.name = "\(name)" } }
    }, titles: ["Near", "None"])

  private func results(tolerance: Double = ColumnComparison.tolerance) throws -> NamedValues<PairComparison> {
    let near = try ColumnComparison(computed: [1, 2, 3], published: [1, 2.5, nil], tolerance: tolerance)
    return NamedValues([
      (
        "near",
        PairComparison(
          counts: .init(n: 2, total: 3, missingComputed: 0, missingPublished: 1), agreement: .success(.init(near)))
      ),
      (
        "none",
        PairComparison(
          counts: .init(n: 0, total: 3, missingComputed: 3, missingPublished: 0),
          agreement: .failure(Reason("no row has both values")))
      ),
    ])
  }

  private func outputs(_ results: NamedValues<PairComparison>) -> MadeOutputs {
    MadeOutputs(["comparison/published": results])
  }

  @Test func resultsAreReadAsWritten() throws { try expectRoundTrip(results()) }

  @Test func valuesStandUnderPairsWithTitles() throws {
    let values = try part.values(outputs(results()).inputs)
    #expect(
      values["near"]?.members?.map(\.key) == [
        "title", "n", "total", "missing-computed", "missing-published", "without-error", "median-relative-error",
        "maximum-relative-error", "tolerance", "share-within-tolerance", "kendall-tau-b", "spearman",
      ])
    #expect(values["near"]?["kendall-tau-b"]?.text() == #"{"value":1}"#)
    #expect(
      values["none"]?.text()
        == #"{"title":"None","n":0,"total":3,"missing-computed":3,"missing-published":0,"#
        + #""undefined":"no row has both values"}"#)
  }

  @Test func aTableHasErrorsAndReasons() throws {
    var spec = TableSpec()
    spec.from = "published"
    let reason = "undefined: no row has both values"
    let table = try part.table(spec, outputs(results()).context())
    #expect(
      table.texts == [
        ["Column", "n", "median relative error", "largest", "within 0.1 %", "τ-b", "Spearman ρ"],
        ["Near", "2", "0.100", "0.20", "50.0 %", "1.000", "1.000"],
        ["None", "0", reason, reason, reason, reason, reason],
      ])
    // The header says what the values were held to.
    let wide = try part.table(spec, outputs(results(tolerance: 0.25)).context())
    #expect(wide.columns[4].title == "within 25 %" && wide.rows[0][4].text == "100.0 %")
  }
}
