/// The tables of the language, as `docs/proxies.md` has them.
package enum ProxyLanguage {
  /// A table with its heading, in Markdown.
  package static var tables: [(name: String, rows: [[String]])] {
    func index(_ number: Int?) -> String { number.map(String.init) ?? "–" }
    return [
      (
        "inputs",
        [["input", "its matrices"]] + ProxyInput.allCases.map { [code($0.rawValue), $0.meaning] }
      ),
      (
        "operations",
        [["operation", "value for a matrix A of n entries a", "shape", "LPZero's number"]]
          + UnaryOperation.allCases.map {
            [
              code("\($0.rawValue)(A)"), $0.formula, $0.givesNumber ? "a number" : "that of A",
              index($0.numberInLPZero),
            ]
          }
      ),
      (
        "binary-operations",
        [["operation", "value", "LPZero's number"]]
          + BinaryOperation.allCases.map {
            [code($0 == .matmul ? "matmul(A, B)" : "A \($0.sign) B"), $0.formula, index($0.numberInLPZero)]
          }
      ),
      (
        "proxies",
        [["name", "formula", "better", "source"]]
          + NamedProxy.catalogue.map {
            [code($0.name), code($0.formula), $0.higherIsBetter ? "higher" : "lower", $0.source]
          }
      ),
    ]
  }

  /// A table in Markdown, between the comments that name it.
  package static func markdown(_ table: (name: String, rows: [[String]])) -> String {
    let cells = table.rows.map { $0.map { $0.replacing("|", with: "\\|") } }
    let lines = cells.map { "| \($0.joined(separator: " | ")) |" }
    let rule = "|\(String(repeating: "---|", count: cells[0].count))"
    return (["<!-- \(table.name) -->", lines[0], rule] + lines.dropFirst() + ["<!-- end -->"]).joined(separator: "\n")
  }

  private static func code(_ text: String) -> String { "`\(text)`" }
}
