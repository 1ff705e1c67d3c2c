import Documents
import Testing

@testable import Reports

@Suite struct TableExportTests {
  private let table = ReportTable(
    name: "t", caption: "C_1", columns: [.init("a,b"), .init("n", isNumeric: true)],
    rows: [[.init("x\"y"), .init("1.5", value: 1.5)], [.init("−1"), .init("-.1", value: -0.1)]])

  /// A reader of RFC 4180, for reading back.
  private func read(_ text: String) -> [[String]] {
    var rows: [[String]] = [[""]]
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      if isQuoted, scalar == "\"", scalars.first == "\"" {
        rows[rows.count - 1][rows[rows.count - 1].count - 1].unicodeScalars.append(scalars.removeFirst())
      } else if scalar == "\"" {
        isQuoted.toggle()
      } else if !isQuoted, scalar == "," {
        rows[rows.count - 1].append("")
      } else if !isQuoted, scalar == "\r", scalars.first == "\n" {
        scalars.removeFirst()
        rows.append([""])
      } else {
        rows[rows.count - 1][rows[rows.count - 1].count - 1].unicodeScalars.append(scalar)
      }
    }
    return rows.dropLast()
  }

  @Test func eachFormat() {
    #expect(TableExport.text(table, .csv) == "\"a,b\",n\r\n\"x\"\"y\",1.5\r\n−1,-0.1\r\n")
    #expect(TableExport.text(table, .markdown) == "| a,b | n |\n| --- | ---: |\n| x\"y | 1.5 |\n| −1 | -.1 |\n")
    #expect(
      TableExport.text(table, .latex)
        == "\\begin{tabular}{lr}\n  \\toprule\n  a,b & n \\\\\n  \\midrule\n  x''y & 1.5 \\\\\n  $-$1 & $-$.1 \\\\\n"
        + "  \\bottomrule\n\\end{tabular}\n")
    #expect(TableExport.json(table)["rows"]?.elements?.first?.elements == ["x\"y", 1.5])
    #expect(TableExport.json(table)["columns"] == ["a,b", "n"])
  }

  /// What a cell shows beside its value has columns of its own; what is missing says why.
  @Test func everyValueThatACellShowsIsInTheData() {
    let table = ReportTable(
      name: "t", caption: "",
      columns: [
        .init("m"), .init("τ", isNumeric: true), .init("n used / total", isNumeric: true, valueTitle: "n used"),
      ],
      rows: [
        [
          .init("a"), .init(".5 [.4, .6]", value: 0.5, details: [.init("lower", 0.41), .init("upper", 0.59)]),
          .init("9 / 10", value: 9, details: [.init("n in all", 10)]),
        ],
        [
          .init("b"), .init("1 [–]", value: 1, missing: .interval("all agree")),
          .init("10 / 10", value: 10, details: [.init("n in all", 10)]),
        ],
        [
          .init("c"), .init("undefined: x", value: .null, missing: .value("x")),
          .init("8 / 10", value: 8, details: [.init("n in all", 10)]),
        ],
      ], notes: ["N"])
    let titles = ["m", "τ", "τ: lower", "τ: upper", "τ: remark", "n used", "n in all"]
    #expect(
      read(TableExport.csv(table)) == [
        titles, ["a", "0.5", "0.41", "0.59", "", "9", "10"], ["b", "1", "", "", "no interval: all agree", "10", "10"],
        ["c", "", "", "", "undefined: x", "8", "10"],
      ])
    let json = TableExport.json(table)
    #expect(json["columns"] == .array(titles.map { .string($0) }) && json["notes"] == ["N"])
    #expect(json["rows"]?.elements?[0] == ["a", 0.5, 0.41, 0.59, nil, 9, 10])
    #expect(TableExport.text(table, .latex).contains("1 {[}--{]}"))
  }

  /// Columns of one title are told apart by their group, or numbered, whatever they are called.
  @Test func noTwoColumnsHaveOneName() {
    func titles(_ columns: [ReportTable.Column]) -> [String] { TableExport.unique(columns).map(\.title) }
    #expect(
      titles([.init("a"), .init("n", group: "one"), .init("n", group: "two"), .init("p", group: "one")])
        == ["a", "one: n", "two: n", "p"])
    #expect(
      titles([.init("n"), .init("n"), .init("n (2)"), .init("n", group: "n")]) == ["n", "n (2)", "n (2) (2)", "n: n"])
    let names = ["", "a", "a (2)", "b: a", "a: remark"]
    for first in names {
      for second in names {
        for third in names {
          let made = titles([.init(first, group: "b"), .init(second), .init(third, group: "a"), .init(first)])
          #expect(Set(made).count == made.count, "\(made)")
        }
      }
    }
    let cell = ReportTable.Cell(".5 [–]", value: 0.5, missing: .interval("x"))
    let table = ReportTable(
      name: "t", caption: "", columns: [.init("τ", isNumeric: true), .init("τ: remark")], rows: [[cell, .init("")]])
    #expect(read(TableExport.csv(table))[0] == ["τ", "τ: remark", "τ: remark (2)"])
  }

  /// A column of intervals has numbers for both ends, and no text.
  @Test func intervalsAreNumbers() {
    let cell = ReportTable.Cell(
      "[−.5, .25]", details: [.init("lower", .number(-0.5)), .init("upper", .number(0.25))])
    let table = ReportTable(
      name: "t", caption: "", columns: [.init("m"), .init("Interval", isNumeric: true)],
      rows: [[.init("a"), cell], [.init("b"), .init("–", value: .null)]])
    #expect(TableExport.csv(table) == "m,Interval: lower,Interval: upper\r\na,-0.5,0.25\r\nb,,\r\n")
  }

  @Test func emphasisIsOfTheFormat() {
    let table = ReportTable(
      name: "t", caption: "", columns: [.init("m"), .init("x", isNumeric: true)],
      rows: [[.init("a*b", isEmphasized: true), .init("-.1", value: -0.1, isEmphasized: true)]])
    #expect(TableExport.csv(table) == "m,x\r\na*b,-0.1\r\n")
    #expect(TableExport.text(table, .markdown).contains("| **a\\*b** | **-.1** |"))
    #expect(TableExport.text(table, .latex).contains("\\textbf{a{*}b} & \\textbf{$-$.1}"))
    let html = HTMLTable(table: table, caption: "", id: "t").markup
    #expect(html.contains("<strong>a*b</strong></th>") && html.contains("<strong>-.1</strong></td>"))
  }

  @Test func commaSeparatedValuesReadBackTheSame() {
    let texts = [SampleReport.hostile, ",\u{301}", "\"\u{301}", " x ", "a\r\nb", "\n", "", "x,y"]
    let table = ReportTable(
      name: "t", caption: "", columns: [.init("a"), .init("b")],
      rows: texts.map { [.init("shown", value: .string($0)), .init("–", value: .null)] })
    let expected = texts.map { [$0.hasPrefix("=") ? "'" + $0 : $0, ""] }
    #expect(read(TableExport.csv(table)) == [["a", "b"]] + expected)
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("@x", "'@x"), ("+cmd", "'+cmd"), ("-x", "'-x"), ("\tx", "'\tx"), ("-0.5", "-0.5"),
    ("+1e3", "+1e3"), ("-", "-"), ("−x", "−x"), ("a=b", "a=b"),
  ])
  func formulasAreInert(text: String, expected: String) {
    let table = ReportTable(name: "t", caption: "", columns: [.init("a")], rows: [[.init(text)]])
    #expect(TableExport.csv(table) == "a\r\n\(expected)\r\n")
  }

  @Test func numbersReadBackTheSame() {
    for value in [0.1, -1.0 / 3, Double.leastNonzeroMagnitude, .greatestFiniteMagnitude, 123_456_789.125, 1e15, -0.0] {
      let table = ReportTable(
        name: "t", caption: "", columns: [.init("a")], rows: [[.init("x", value: .number(value))]])
      #expect(Double(read(TableExport.csv(table))[1][0]) == value)
    }
  }

  @Test func latexOfHostileText() {
    let text = Escape.latex(SampleReport.hostile)
    #expect(!text.contains("\\input") && text.contains("\\textbackslash{}input\\{x\\}") && text.contains("\\$x\\$"))
    #expect(Escape.latex("\\\\ [2em] *") == "\\textbackslash{}\\textbackslash{} {[}2em{]} {*}")
    #expect(
      Escape.latex("τ ≥ −½ Δx² a₁ 10⁵ ω Ω ~^")
        == "$\\tau$ $\\geq$ $-$½ $\\Delta$x$^{2}$ a$_{1}$ 10$^{5}$ $\\omega$ $\\Omega$ \\textasciitilde{}\\textasciicircum{}"
    )
    #expect(Escape.latex("%\u{301}&\u{301}\u{7}") == "\\%\u{301}\\&\u{301}")
  }

  @Test func theTablesFile() throws {
    let text = try #require(SampleReport.rendered(SampleReport.document())["tables/numbers.tex"])
    #expect(
      text.contains("\\caption{%\nCoefficients of \\emph{all} metrics \\cite{someone2020}}\n\\label{tab:numbers}\n"))
    #expect(text.contains("\\par\\smallskip{\\footnotesize Brackets: 95 \\% intervals \\cite{someone2020}.\\par}\n"))
    #expect(text.contains("  {[}x{]} first & – & undefined: constant \\\\\n".replacing("–", with: "--")))
    let braces = text.replacing("\\{", with: "").replacing("\\}", with: "").unicodeScalars
    #expect(braces.count { $0 == "{" } == braces.count { $0 == "}" })
  }
}
