import Foundation
import TestSupport
import Testing

/// Analyses of a user's own files with a catalogue of their own, run by the built binary.
@Suite struct OwnDataTests {
  private let scores = """
    arch: {type: text, role: identifier}
    acc: {title: Accuracy, role: target, better: higher}
    score: {title: Score, role: metric, better: higher}
    """

  @Test func aMissingIntervalSaysWhyEverywhere() throws {
    let rows = (0..<12).map { "n\($0),\($0),\($0 * $0)\n" }.joined()
    let home = try OwnHome(
      csv: Array("arch,acc,score\n\(rows)".utf8), columns: scores,
      spec: """
        analysis: a
        title: A
        datasets: {s: {use: me/scores}}
        target: {dataset: s, column: acc}
        correlations:
          main: {metrics: all, coefficients: [kendall-tau-b, pearson], interval: {resamples: 199, seed: 1}}
        report: [{table: main}]
        """)
    #expect(try home.run().status == 0)
    let reason = "every resample gives the same value"
    for file in ["report.md", "index.html", "tables/main.csv", "tables/main.json", "tables/main.tex"] {
      #expect(try home.text(file).contains(reason), "\(file)")
    }
    let csv = try home.text("tables/main.csv").split(separator: "\r\n").map(String.init)
    #expect(
      csv.first
        == "Metric,As declared,Kendall τ-b,Kendall τ-b: remark,Pearson r,Pearson r: lower,Pearson r: upper,Tied,n used,n in all"
    )
    #expect(
      csv.last?.hasPrefix("Score,yes,1,no interval: \(reason),0.9") == true && csv.last?.hasSuffix(",0,12,12") == true)
    #expect(try home.text("report.md").contains("1.000 \\[–\\]"))
  }

  @Test func nothingIsAsDeclaredOnTwoRows() throws {
    for interval in ["", ", interval: {resamples: 199, seed: 1}"] {
      let home = try OwnHome(
        csv: Array("arch,acc,score\na,1,2\nb,2,3\n".utf8), columns: scores,
        spec: """
          analysis: a
          title: A
          datasets: {s: {use: me/scores}}
          target: {dataset: s, column: acc}
          correlations: {main: {metrics: all\(interval)}}
          report: [{table: main}]
          """)
      #expect(try home.run().status == 0)
      #expect(try home.text("tables/main.csv").contains("Score,undecided,1,"))
      if !interval.isEmpty { #expect(try home.text("report.md").contains("fewer than three rows")) }
    }
  }

  @Test func theConstantColumnIsNamed() throws {
    let rows = (0..<9).map { "n\($0),\($0),\($0 * 7 % 9),1\n" }.joined()
    let home = try OwnHome(
      csv: Array("arch,acc,score,ones\n\(rows)".utf8), columns: scores + "\nones: {role: feature}",
      spec: """
        analysis: a
        title: A
        datasets: {s: {use: me/scores}}
        target: {dataset: s, column: acc}
        correlations: {main: {metrics: all, given: [ones]}}
        report: [{table: {from: main, content: partial}}]
        """)
    #expect(try home.run().status == 0)
    #expect(try home.text("report.md").contains("undefined: every value of ones is the same"))
  }

  /// Two groups that a key in lower case would join, one without a name, and one called as all rows are.
  @Test func everyGroupCanBeAddressed() throws {
    let groups = ["ReLU", "relu", "", "all"]
    let rows = (0..<16).map { "n\($0),\($0 % 4),\($0),\(groups[$0 % 4])\n" }.joined()
    let home = try OwnHome(
      csv: Array("arch,acc,score,op\n\(rows)".utf8), columns: scores + "\nop: {type: text, role: feature}",
      spec: """
        analysis: a
        title: A
        datasets: {s: {use: me/scores}}
        target: {dataset: s, column: acc}
        summaries: {by: {dataset: s, group-by: [op], columns: [acc]}}
        effects: {e: {features: [op], permutations: 199}}
        report:
          - text: "{{ by.relu.acc.mean | 0.1 }} {{ by.relu-2.acc.mean | 0.1 }} {{ by.empty.acc.mean | 0.1 }} {{ by.all.acc.mean | 0.1 }}"
          - table: by
          - table: {from: e, content: levels}
        """)
    let result = try home.run()
    #expect(result.status == 0, "\(result.errors)")
    let page = try home.text("report.md")
    #expect(page.contains("1.0 0.0 2.0 3.0") && page.contains("| (empty) |"))
    for (key, mean) in [("relu", 1), ("relu-2", 0), ("empty", 2), ("all", 3)] {
      #expect(try home.value("by.\(key).acc.mean") == "\(mean)")
      #expect(try home.value("e.op.levels.\(key).mean.value") == "\(mean)")
    }
  }

  @Test func wholeNumbersBeyondDoublesKeepTheirValue() throws {
    let start = 9_007_199_254_740_993
    let rows = (0..<20).map { "n\($0),\($0 * 7 % 20),\(start + $0),\(start + $0)\n" }.joined()
    let home = try OwnHome(
      csv: Array("arch,acc,score,h\n\(rows)".utf8),
      columns: """
        arch: {type: text, role: identifier}
        acc: {role: target, better: higher}
        score: {type: integer, role: metric, better: higher}
        h: {type: integer, role: other}
        """,
      spec: """
        analysis: a
        title: A
        datasets:
          s: {use: me/scores, derive: {same: "h == 9007199254740995", small: "h - 9007199254740993"}}
          upper: {use: me/scores, rows: [{column: h, at-least: 9007199254740995}]}
        target: {dataset: s, column: acc}
        summaries:
          sums: {dataset: s, columns: [h, small]}
          by: {dataset: s, group-by: [same], columns: [small]}
          kept: {dataset: upper, columns: [h]}
        correlations:
          main: {metrics: [score, small]}
        report: [{table: sums}, {table: main}, {table: by}, {table: kept}]
        """)
    let result = try home.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(try home.value("sums.all.h.minimum") == "\(start)" && home.value("sums.all.h.maximum") == "\(start + 19)")
    // The deviation of 0 … 19 is √35.
    #expect(try home.value("sums.all.h.sd").hasPrefix("5.91607978309"))
    #expect(try home.value("by.true.n") == "1" && home.value("by.true.small.mean") == "2")
    #expect(try home.value("kept.all.n") == "18")
    #expect(try home.value("main.score.n") == "20")
    for coefficient in ["kendall-tau-b", "spearman", "pearson"] {
      #expect(try home.value("main.score.\(coefficient).value") == home.value("main.small.\(coefficient).value"))
    }
  }

  /// A join with a table of the same file, some rows of which are left out beforehand.
  @Test(arguments: [true, false]) func rowsWithoutAPartnerAreCounted(_ isKept: Bool) throws {
    let rows = (0..<12).map { "n\($0),\($0 * 7 % 12),\($0)\n" }.joined()
    let home = try OwnHome(
      csv: Array("arch,acc,score\n\(rows)".utf8), columns: scores,
      spec: """
        analysis: a
        title: A
        datasets:
          b: {use: me/scores, rows: [{column: score, at-least: 5}]}
          s: {use: me/scores, join: [{dataset: b, on: [arch], columns: [score], prefix: b-, keep-unmatched: \(isKept)}]}
        target: {dataset: s, column: acc}
        correlations: {main: {metrics: [b-score]}}
        report: [{table: main}, {table: data}]
        """)
    let result = try home.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(try home.value("s.joins.b.unmatched") == "5" && home.value("s.joins.b.kept") == "\(isKept)")
    #expect(try home.value("s.rows") == (isKept ? "12" : "7") && home.value("s.left-out") == (isKept ? "0" : "5"))
    #expect(try home.value("b.left-out") == "5" && home.value("b.rows-read") == "12")
    #expect(try home.text("report.md").contains("5 whose score is not at least 5, left out by the analysis"))
    #expect(try home.text("report.md").contains("5 without a partner in b, \(isKept ? "kept" : "left out")"))
    #expect(try home.value("main.b-score.missing-metric") == (isKept ? "5" : "0"))
  }

  /// Three rows have all metrics of one before them. They are counted and warned of where rows are drawn one by one, and not where
  /// equal metrics make one unit, or nothing is drawn.
  @Test(arguments: [
    ("", ", interval: {resamples: 199, seed: 1}", true),
    (", cluster-by: metric-vector", ", interval: {resamples: 199, seed: 1}", false), ("", "", false),
  ])
  func repeatsDrawnApartAreCounted(_ rule: String, _ interval: String, _ isCounted: Bool) throws {
    let rows = (0..<15).map { "n\($0),\($0 * 7 % 15),\(Double($0 % 12) / 8),\(Double($0 % 12 * 5 % 12) / 4)\n" }
      .joined()
    let home = try OwnHome(
      csv: Array("arch,acc,score,other\n\(rows)".utf8),
      columns: scores + "\nother: {title: Other, role: metric, better: higher}",
      spec: """
        analysis: a
        title: A
        datasets:
          s: {use: me/scores\(rule)}
        target: {dataset: s, column: acc}
        correlations: {main: {metrics: all\(interval)}}
        report: [{table: main}, {table: data}]
        """)
    let result = try home.run()
    #expect(result.status == 0, "\(result.errors)")
    let warning = "a.yaml:4:3: warning: 3 rows of s repeat all metrics of another, and rows are drawn one by one"
    #expect(
      result.errors.contains(warning) == isCounted && result.errors.contains("[repeats-drawn-apart]") == isCounted)
    let remark = "3 repeat all metrics of another row, and rows are drawn one by one"
    #expect(try home.text("report.md").contains(remark) == isCounted)
    if isCounted { #expect(try home.value("s.repeated-rows") == "3") }
    #expect(try home.text("results.json").contains("repeated-rows") == isCounted)
  }

  /// By the formulas, of the metric and the negated loss, times −1.
  @Test func weightIsOnTheLowestLoss() throws {
    let loss = [1.0, 2, 3, 5, 4]
    let rows = loss.enumerated().map { "n\($0.offset),\($0.element),\(-Double($0.offset))\n" }.joined()
    let home = try OwnHome(
      csv: Array("arch,acc,score\n\(rows)".utf8),
      columns: """
        arch: {type: text, role: identifier}
        acc: {title: Loss, role: target, better: lower}
        score: {role: metric, better: higher}
        """,
      spec: """
        analysis: a
        title: A
        datasets: {s: {use: me/scores}}
        target: {dataset: s, column: acc}
        correlations: {main: {metrics: all, coefficients: [weighted-tau, tau-ap], agreement: true, truncation: [0.8]}}
        report: [{table: main}, {table: {from: main, content: truncation}}]
        """)
    let result = try home.run()
    #expect(result.status == 0, "\(result.errors)")
    // The pair of the two largest losses is out of order: (1/4 + 1/5) of Σ (wᵢ + wⱼ) = 4 H₅.
    let expected = -(1 - 2 * 0.45 / (4 * (1 + 0.5 + 1.0 / 3 + 0.25 + 0.2)))
    #expect(try abs(#require(Double(home.value("main.score.weighted-tau.value"))) - expected) < 1e-15)
    #expect(try home.value("main.score.tau-ap.value") == "-0.875")
    #expect(try home.text("report.md").contains("most weight is on the rows with the lowest loss"))
  }

  @Test func textThatIsNotUTF8IsRefusedWithItsPlace() throws {
    let home = try OwnHome(
      csv: Array("arch,acc,score\na,1,2\nb".utf8) + [0xE9] + Array(",2,3\nc,3,4\n".utf8), columns: scores,
      spec: """
        analysis: a
        title: A
        datasets: {s: {use: me/scores, cluster-by: [arch]}}
        target: {dataset: s, column: acc}
        correlations: {main: {metrics: all}}
        report: [{table: main}]
        """)
    let result = try home.run()
    #expect(result.status == 65 && result.errors.contains("scores.csv:3:2: error: the byte 0xE9 is not UTF-8"))
  }

  @Test func aHalfMayBeRoundedToEven() throws {
    let home = try OwnHome(
      csv: Array("arch,acc,score\na,0.1,2\nb,0.15,3\n".utf8), columns: scores,
      spec: """
        analysis: a
        title: A
        datasets: {s: {use: me/scores}}
        target: {dataset: s, column: acc}
        summaries: {sums: {dataset: s, columns: [acc]}}
        claims:
          even: {title: Even, statement: s, value: {of: sums.all.acc.mean, printed: ".12"}}
          away: {title: Away, statement: s, value: {of: sums.all.acc.mean, printed: ".13"}}
        report: [{table: claims}, {claim: even}]
        """)
    let result = try home.run()
    #expect(result.status == 0, "\(result.errors)")
    let page = try home.text("index.html")
    #expect(
      page.contains("reproduced, rounded half to even") && page.contains("reproduced, rounded half away from zero"))
    #expect(try home.value("claims.even.rounding") == "\"rounded half to even\"")
  }
}
