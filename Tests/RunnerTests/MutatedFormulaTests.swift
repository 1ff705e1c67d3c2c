import Diagnostics
import Documents
import TestSupport
import Testing

@testable import Sections
@testable import Specs

/// 10,000 damaged formulas as they stand in a spec: a formula that reads back as it is printed, or findings with places in the file.
@Suite struct MutatedFormulaTests {
  private static let formulas = [
    "mean(layers, mean(square(head)) + logsoftmax(frobenius(activation)))", "sum(modules, sum(abs(weight * gradient)))",
    "max(layers, std(softmax)) / mean(layers, mean(activation))", "mean(modules, mean(matmul(weight, gradient)))",
    "min(layers, max(modules, norm_sum(weight)) - 2)",
  ]
  private static let fragments = [
    "(", ")", ",", "layers", "modules", "mean(", "matmul(", "head", "-", "/", "*", "1e999", "0", "\\", "\"", "'", "#",
    "{", "}",
    "[", "]", ": ", "&a", "*a", "!!x", "%", "\u{0}", "\u{FEFF}", "\u{202E}", "é", "\n", "\t",
  ]

  private func spec(_ formula: String) -> [UInt8] {
    Array(
      """
      analysis: a
      title: A
      measure:
        cells:
          architectures: {sample: {count: 4, seed: 1}}
          metrics: [parameters]
          proxies:
            own: {better: higher, formula: \(formula)}
      report: [{table: data}]
      """.utf8)
  }

  /// - Parameter seed: Of the damage; every other text is quoted, so that the formula is what is damaged and not the file.
  @Test(arguments: 0..<10) func formulasOfSpecs(_ seed: UInt64) {
    var mutator = TextMutator(Self.formulas, fragments: Self.fragments, seed: seed)
    var (read, refused) = (0, 0)
    for number in 0..<1000 {
      let text = String(decoding: number % 4 < 2 ? mutator.bytes() : mutator.words(), as: UTF8.self)
      let bytes = spec(number % 2 == 0 ? JSONValue.string(text).text() : text)
      do throws(DiagnosticsError) {
        let analysis = try SectionCatalog.language.parse(bytes, file: "a.yaml")
        for proxy in analysis.measures.flatMap(\.proxies) { #expect(proxy.formula.problems.isEmpty, "\(text)") }
        read += 1
      } catch {
        #expect(error.diagnostics.hasErrors)
        #expect(
          error.diagnostics.allSatisfy { finding in
            !finding.message.isEmpty
              && finding.location.map { (1...12).contains($0.line) } ?? (finding.id == "more-findings")
          }, "\(text) \(error.diagnostics)")
        refused += 1
      }
    }
    #expect(read > 0 && refused > 500, "\(read) \(refused)")
  }
}
