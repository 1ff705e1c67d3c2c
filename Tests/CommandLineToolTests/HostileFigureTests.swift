import Foundation
import Testing

/// Figures of hostile data through the real binary: every kind is drawn or says what it left out.
@Suite struct HostileFigureTests {
  /// A home with a table of the columns arch, op, acc and m, and an analysis that draws it in every way.
  private func home(
    _ rows: [(op: String, acc: String, m: String)], title: String = "Metric", hasParts: Bool = true
  ) throws -> OwnHome {
    let table =
      "arch,op,acc,m\n"
      + rows.enumerated().map { index, row in "a\(index),\"\(row.op)\",\(row.acc),\(row.m)\n" }.joined()
    return try OwnHome(
      csv: Array(table.utf8),
      columns: """
        arch: {type: text, role: identifier}
        op: {type: text, title: Operation, role: feature}
        acc: {title: Accuracy, role: target, better: higher}
        m: {title: "\(title)", role: metric, better: higher}
        """,
      spec: """
        analysis: hostile
        title: Hostile
        datasets:
          s: {use: me/scores}
        target: {dataset: s, column: acc}
        summaries:
          byop: {dataset: s, group-by: [op], columns: [acc]}
        correlations:
          main: {metrics: all}
        \(hasParts ? "effects: {tell: {features: [op], permutations: 199, interval: {resamples: 199}}}" : "")
        \(hasParts ? "reductions: {half: {candidates: {upper: {rule: \"acc > 50\", title: Upper}}}}" : "")
        report:
          - figure: {small-multiples: main}
          - figure: {scatter: s, x: m, y: acc, logarithmic: [x], name: log}
          - figure: {scatter: s, x: m, y: acc, large-samples: hexbin, name: bins}
          - figure: {box-plots: s, group-by: op, columns: [m]}
          - figure: {lines: s, x: m, y: acc, group-by: op}
          - figure: {forest: main}
          - figure: {groups: byop}
          \(hasParts ? "- figure: {distributions: half}" : "")
          \(hasParts ? "- figure: {level-means: tell}" : "")
        """)
  }

  /// The alternative texts of a report's figures.
  private func descriptions(_ home: OwnHome) throws -> [String] {
    try home.text("report.md").components(separatedBy: "alt=\"").dropFirst().map {
      $0.components(separatedBy: "\" src=")[0]
    }
  }

  private static let extremes = [
    "1.797e308", "-1.797e308", "1.7976931348623157e308", "4.9e-324", "0", "-0.0", "-2", "1e300", "1e-300",
  ]

  @Test(arguments: [["1.797e308"], ["0", "-2"], extremes])
  func extremeScoresAreDrawn(_ extremes: [String]) throws {
    let usual = (1...40).map { (op: "op\($0 % 4)", acc: "\(40 + $0 * 7 % 41)", m: "\(Double($0 * 13 % 37) * 1.5 + 1)") }
    let home = try home(usual + extremes.map { (op: "op1", acc: "55", m: $0) })
    let result = try home.run()
    #expect(result.status == 0 && !result.errors.contains("warning"), "\(result.errors)")
    let described = try descriptions(home)
    #expect(described.count == 9 && described[0].contains("n \(usual.count + extremes.count), "))
    let below = extremes.count { ["0", "-0.0", "-2", "-1.797e308"].contains($0) }
    let note =
      "Metric: \(below) of \(usual.count + extremes.count) values not above 0, so the axis is symmetric-logarithmic."
    #expect(described[1].contains(note) == (below > 0))
  }

  /// Without effects and reductions: their variances and means over such a span are undefined, and the steps say so.
  @Test func extremeTargetsAreDrawn() throws {
    let usual = (1...40).map { (op: "op\($0 % 4)", acc: "\(40 + $0 * 7 % 41)", m: "\(Double($0 * 13 % 37) * 1.5 + 1)") }
    let home = try home(usual + Self.extremes.map { (op: "op1", acc: $0, m: "5") }, hasParts: false)
    let result = try home.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(try descriptions(home).count == 7)
  }

  @Test func specialSignsSurviveOrAreNamedOnce() throws {
    let ops = ["back\\slash", "line\nbreak", "\u{10FFFD} unknown", "a_b%c", "x^{2}", "\u{202E}rtl", "שלום"]
    let rows = (0..<42).map { (op: ops[$0 % ops.count], acc: "\(50 + $0 * 7 % 41)", m: "\($0 * 13 % 37)") }
    let home = try home(rows, title: "Score $\\\\alpha$ of \u{10FFFD}")
    for _ in 0..<2 {
      let result = try home.run()
      #expect(result.status == 0, "\(result.errors)")
      let warnings = result.errors.split(separator: "\n").filter { $0.contains("warning") }
      #expect(
        warnings.count == 1 && warnings[0].contains("no installed font has") && warnings[0].contains("(U+10FFFD) in "))
      #expect(!warnings.contains { $0.unicodeScalars.contains("\u{202E}") })
    }
    let described = try descriptions(home)
    #expect(described[0].contains("Score $\\alpha$ of"))
    for text in ["back\\slash: ", "line break: ", "a_b%c: ", "x^{2}: ", "rtl: ", "שלום: "] {
      #expect(described[6].contains(text) && described[8].contains(text), "\(text)")
    }
  }

  @Test func longChainsAreDrawnInEveryFormat() throws {
    let tool = try Tool()
    let nodes = (0..<180).map { index in
      let input = index == 0 ? "\"x\", \"h_prev_0\"" : "\"n\(index - 1)\""
      let name = index == 179 ? "h_new_0" : "n\(index)"
      return "\"\(name)\": {\"op\": \"\(index % 2 == 0 ? "linear" : "activation_tanh")\", \"input\": [\(input)]}"
    }
    try tool.write("{\(nodes.joined(separator: ", "))}", to: "chain.json")
    for ending in ["png", "svg", "pdf", "dot"] {
      let result = try tool.run(["draw", "chain.json", "chain.\(ending)"])
      #expect(result.status == 0 && result.errors.contains("wrote chain.\(ending)"), "\(result.errors)")
      #expect(result.errors.contains("dots per inch instead of 300") == (ending == "png"))
    }
  }
}
