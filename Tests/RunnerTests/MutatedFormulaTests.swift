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

  /// An analysis with a metric for each formula, a line each, from line 8 on.
  private func spec(_ formulas: [String]) -> [UInt8] {
    let proxies = formulas.enumerated().map { "      own-\($0): {better: higher, formula: \($1)}" }
    return Array(
      """
      analysis: a
      title: A
      measure:
        cells:
          architectures: {sample: {count: 4, seed: 1}}
          metrics: [parameters]
          proxies:
      \(proxies.map { "  " + $0 }.joined(separator: "\n"))
      report: [{table: data}]
      """.utf8)
  }

  /// The lines with findings in an analysis with a metric for each formula; none when it is read.
  private func damagedLines(_ formulas: [String]) -> Set<Int> {
    do throws(DiagnosticsError) {
      let analysis = try SectionCatalog.language.parse(spec(formulas), file: "a.yaml")
      for proxy in analysis.measures.flatMap(\.proxies) { #expect(proxy.formula.problems.isEmpty, "\(formulas)") }
      return []
    } catch {
      // A damaged text can have line feeds of its own.
      let lines = 10 + formulas.count + formulas.joined().utf8.count
      #expect(error.diagnostics.hasErrors)
      #expect(
        error.diagnostics.allSatisfy { finding in
          !finding.message.isEmpty
            && finding.location.map { (1...lines).contains($0.line) } ?? (finding.id == "more-findings")
        }, "\(formulas) \(error.diagnostics)")
      return Set(error.diagnostics.compactMap { $0.location?.line })
    }
  }

  /// - Parameter seed: Of the damage. Four of five formulas are quoted and stand together, so that they are what is damaged and
  ///   not the file; each of the others has a file of its own.
  @Test(arguments: 0..<10) func formulasOfSpecs(_ seed: UInt64) {
    var mutator = TextMutator(Self.formulas, fragments: Self.fragments, seed: seed)
    var (sound, damaged) = (0, 0)
    for _ in 0..<200 {
      let texts = (0..<5).map { String(decoding: $0 % 2 == 0 ? mutator.bytes() : mutator.words(), as: UTF8.self) }
      let lines = damagedLines(texts.prefix(4).map { JSONValue.string($0).text() })
      damaged += lines.count
      sound += 4 - lines.count
      _ = damagedLines([texts[4]])
    }
    #expect(sound > 0 && damaged > 400, "\(sound) \(damaged)")
  }
}
