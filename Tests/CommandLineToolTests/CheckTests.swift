import Foundation
import Testing

/// What `check` finds before a run would.
@Suite struct CheckTests {
  private static let head = """
    analysis: a
    title: A
    references: [serianni2023]
    datasets: {bert: {use: serianni2023/bert-results}}
    target: {dataset: bert, column: glue}
    correlations: {main: {metrics: [head-confidence], baselines: [parameters]}}
    reductions: {shrink: {candidates: {small: parameters < 9}}}

    """

  /// The first lines of what `check` writes about a spec that ends in a report.
  private func errors(_ report: String, claims: String = "") throws -> (status: Int32, text: String) {
    let tool = try Tool()
    try tool.write(Self.head + claims + report, to: "a.yaml")
    let result = try tool.run(["check", "a.yaml"])
    return (result.status, result.errors)
  }

  @Test(arguments: [
    ("- text: See [@nobody2020].", "a.yaml:9:11: error: [@nobody2020] is not among"),
    ("- text: See [@nobody2020, p. 3].", "[@nobody2020, p. 3] is not among"),
    ("- text: See [@serianni2023, p. 3].", "write what follows the key outside: `[@serianni2023], p. 3`"),
    ("- text: See [@serianni2023; @nobody2020].", "[@nobody2020] is not among"),
    ("- text: |\n      One\n      two [@serianni2024]", "a.yaml:11:7: error: [@serianni2024] is not among"),
    ("- table: {from: main, caption: \"[@nobody2020]\"}", "a.yaml:9:34: error: [@nobody2020] is not among"),
    ("- figure: {forest: main, caption: \"[@nobody2020]\"}", "[@nobody2020] is not among"),
    ("- text: \"{{ main.parameters.kendall-tau-b | .3x }}\"", "a.yaml:9:11: error: .3x is not a format"),
    ("- text: \"{{ nothing.parameters.kendall-tau-b }}\"", "nothing is called nothing"),
    ("- text: \"{{ main.parametres.kendall-tau-b }}\"", "main has no parametres"),
    ("- text: \"{{ main.parameters.pearsonn }}\"", "main.parameters has no pearsonn"),
    ("- text: \"{{ main.parameters.partial.kendall }}\"", "main.parameters has no partial"),
    ("- text: \"{{ main.agreement.strongest.first }}\"", "main has no agreement"),
    ("- text: \"{{ shrink.smal.mean }}\"", "did you mean small?"),
    ("- table: {from: main, caption: \"{{ main.x.n | 3 }}\"}", "main has no x"),
    ("- table: {from: main, caption: \"{{ figure.coefficients }}\"}", "nothing is called figure"),
    ("- figure: {small-multiples: main, group-by: dept}", "bert has no column dept"),
    ("- figure: {distributions: shrink, group-by: dept}", "a.yaml:9:47: error: distributions takes no `group-by`"),
    ("- figure: {recall: shrink, group-by: parameters}", "recall takes no `group-by`"),
    ("- figure: {forest: main, x: parameters}", "forest takes no `x`"),
  ])
  func whatWouldFailIsFound(cell: String, expected: String) throws {
    let found = try errors("report:\n  \(cell)\n")
    #expect(found.status == 65)
    #expect(found.text.contains(expected), "\(found.text)")
  }

  @Test(arguments: [
    "- text: \"See [@serianni2023], p. 3 and `[@nobody]`.\"",
    "- text: \"{{ main.parameters.kendall-tau-b.lower | .3 }} {{ bert.rows | , }} {{ main.best.title }}\"",
    "- text: \"{{ main.head-confidence.distinct-metric }} {{ main.head-confidence.n }}\"",
    "- text: \"{{ shrink.whole.mean }} {{ shrink.small.top-10.recall }}\"",
    "- figure: {small-multiples: main, group-by: parameters}",
    "- figure: {forest: main, caption: \"{{ figure.coefficients }} of {{ main.parameters.n }} rows\"}",
  ])
  func whatWouldNotFailIsNot(cell: String) throws {
    let found = try errors("report:\n  \(cell)\n")
    #expect(found.status == 0, "\(found.text)")
  }

  @Test func pathsOfPrintedNumbersAreLookedUp() throws {
    let claims = """
      published: {paper: {values: [{of: main.parametres.kendall-tau-b, printed: ".5"}]}}
      claims: {size: {title: T, statement: S, region: {of: main.parameters.kendall-tau-b, above: 0}}}

      """
    let found = try errors("report:\n  - text: \"{{ claims.sise.inference }}\"\n", claims: claims)
    for part in ["main has no parametres", "claims has no sise", "2 errors"] {
      #expect(found.text.contains(part), "\(found.text)")
    }
  }

  /// Rows that are known to be repeats and drawn one by one: a warning with its place, and no failure.
  @Test func rowsDrawnApartAreWarnedOf() throws {
    func check(_ dataset: String, _ interval: String) throws -> (status: Int32, text: String) {
      let tool = try Tool()
      try tool.write(
        """
        analysis: a
        title: A
        datasets:
          bert: {\(dataset)}
        target: {dataset: bert, column: glue}
        correlations:
          main: {metrics: [head-confidence], interval: \(interval)}
        report: [{table: {from: main}}]

        """, to: "a.yaml")
      let result = try tool.run(["check", "a.yaml"])
      return (result.status, result.errors)
    }
    let plain = try check("use: serianni2023/bert-results", "{resamples: 100}")
    #expect(plain.status == 0 && plain.text == "1 file, no problems\n")
    let apart = try check("use: serianni2023/bert-results, cluster-by: none", "{resamples: 100}")
    #expect(apart.status == 0 && apart.text.contains("a.yaml:4:54: warning: rows of bert are drawn one by one by main"))
    #expect(apart.text.contains("repeats of trained networks [rows-drawn-apart]") && apart.text.contains("  fix: "))
    #expect(try check("use: serianni2023/bert-results, cluster-by: none", "none").text == "1 file, no problems\n")
    let unclustered = try check("use: serianni2023/bert-results", "{resamples: 100, clustered: false}")
    #expect(unclustered.text.contains("a.yaml:7:3: warning: main draws rows of bert one by one"))
  }
}
