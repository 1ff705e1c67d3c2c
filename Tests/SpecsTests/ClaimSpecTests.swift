import Diagnostics
import Documents
import Testing

@testable import Sections
@testable import Specs

@Suite struct ClaimSpecTests {
  static let good = """
    analysis: small
    title: A small analysis
    references: [someone2020]
    datasets: {one: {use: set/one}}
    target: {dataset: one, column: loss}
    correlations:
      main: {metrics: [a, b], interval: {resamples: 200}}
    claim-families:
      all: {correction: holm, alpha: 0.01}
    claims:
      number:
        statement: τ is .37.
        source: {reference: someone2020, quote: "τ = .37", locator: "Table 2", secondary: true}
        value: {of: main.a.kendall-tau-b, printed: ".37", magnitude: true}
      sign: {statement: τ is positive., of: main.a.kendall-tau-b, region: {above: 0}, family: all, severity: warn, expect: {inference: refuted}}
      both:
        statement: τ is .2 and better than b's.
        value: {of: main.a.kendall-tau-b, printed: "0.2"}
        region: {of: main.b.kendall-tau-b, between: [-1, 0.5]}
        judged-on: interval
      taken: {use: someone2020#best, of: main.a.kendall-tau-b}
      placed: {use: someone2020#best, value: {of: main.a.kendall-tau-b}, region: {of: main.b.kendall-tau-b, at-least: 0.1}}
      same: {statement: Nothing to see., of: main.b.spearman, region: {equivalent: {within: 0.1}}}
      text: {statement: It is constant., of: main.b.spearman, region: {is: constant}}
    report:
      - table: claims
      - claim: number
      - text: "{{ claims.number.reproduced }}"
    """

  private func problems(_ text: String) -> [String] {
    do {
      _ = try SectionCatalog.language.parse(Array(text.utf8), file: "s.yaml")
      return []
    } catch {
      return error.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }
    }
  }

  @Test func claimsAreReadWhole() throws {
    let analysis = try SectionCatalog.language.parse(Array(Self.good.utf8), file: "s.yaml")
    #expect(analysis.claims.map(\.name.value) == ["number", "sign", "both", "taken", "placed", "same", "text"])
    let number = analysis.claims[0]
    #expect(number.value?.printed?.value == ".37" && number.value?.magnitude == true && number.region == nil)
    #expect(number.source?.quote == "τ = .37" && number.source?.isSecondary == true)
    #expect(analysis.claims[1].severity == .warn && analysis.claims[1].expect.inference == .refuted)
    #expect(analysis.claims[1].region?.region == .above(0) && analysis.claims[1].family?.value == "all")
    #expect(
      analysis.claims[2].region?.region == .between(lower: -1, upper: 0.5) && analysis.claims[2].judgedOn == .interval)
    #expect(analysis.claims[3].use.flatMap { ClaimUse($0.value) }?.claim == "best")
    #expect(analysis.claims[4].region?.region == .atLeast(0.1) && analysis.claims[4].value?.printed == nil)
    #expect(analysis.claims[5].region?.region == .equivalent(to: 0, margin: 0.1))
    #expect(analysis.claims[6].region?.region == .text("constant"))
    #expect(analysis.claimFamilies[0].correction == .holm && analysis.claimFamilies[0].alpha == 0.01)
    #expect(analysis.report.contains { if case .claim(let name) = $0 { name.value == "number" } else { false } })
  }

  /// Replacements in the good spec, and the findings they cause.
  @Test(arguments: [
    ("region: {above: 0}", "region: {abov: 0}", ["15:71 ambiguous-keys", "15:72 unknown-key"]),
    ("region: {above: 0}", "region: {above: 0, below: 1}", ["15:71 ambiguous-keys"]),
    ("region: {above: 0}", "region: {above: zero}", ["15:79 wrong-type"]),
    ("printed: \".37\"", "printed: many", ["14:48 bad-number"]),
    ("between: [-1, 0.5]", "between: [1, 0.5]", ["19:13 bad-region"]),
    ("between: [-1, 0.5]", "between: [0, 0.5, 1]", ["19:13 bad-region"]),
    ("between: [-1, 0.5]", "between: [0]", ["19:13 bad-region", "19:49 too-few"]),
    (
      "of: main.a.kendall-tau-b, printed: \".37\"", "of: mian.a.kendall-tau-b, printed: \".37\"", ["14:17 unknown-name"]
    ),
    ("of: main.a.kendall-tau-b, printed: \".37\"", "of: main, printed: \".37\"", ["14:17 bad-path"]),
    ("of: main.a.kendall-tau-b, printed: \".37\"", "of: claims.sign.n, printed: \".37\"", ["14:17 unknown-name"]),
    ("of: main.a.kendall-tau-b, printed: \".37\"", "printed: \".37\"", ["11:3 missing-key"]),
    ("someone2020#best, of", "someone2020/best, of", ["21:16 bad-use"]),
    ("use: someone2020#best, of", "uses: someone2020#best, of", ["21:11 unknown-key"]),
    ("{use: someone2020#best, of", "{statement: x, use: someone2020#best, of", ["21:25 unknown-key"]),
    ("reference: someone2020, quote", "reference: other2020, quote", ["13:25 unlisted-reference"]),
    ("family: all", "family: most", ["15:91 unknown-name"]),
    ("severity: warn", "severity: fatal", ["15:106 unknown-word"]),
    ("inference: refuted", "inference: wrong", ["15:132 unknown-word"]),
    ("correction: holm", "correction: hochberg", ["9:21 unknown-word"]),
    ("- claim: number", "- claim: nmber", ["27:12 unknown-name"]),
    ("- table: claims", "- claim: number", ["27:12 duplicate-name"]),
    ("  number:", "  totals:", ["11:3 reserved-name", "27:12 unknown-name"]),
    ("one: {use: set/one}", "claims: {use: set/one}", ["4:12 reserved-name", "5:19 unknown-name"]),
    (
      "statement: It is constant., of: main.b.spearman, region: {is: constant}", "statement: It is constant.",
      ["24:3 claims-nothing"]
    ),
  ])
  func everyProblemHasItsPlace(_ old: String, _ new: String, _ expected: [String]) {
    #expect(problems(Self.good.replacing(old, with: new, maxReplacements: 1)) == expected)
  }

  @Test func aTableOfClaimsNeedsClaims() {
    #expect(
      problems("analysis: a\ntitle: b\ndatasets: {one: {use: set/one}}\nreport: [{table: claims}]") == [
        "4:18 unknown-name"
      ])
  }

  @Test(
    arguments: [
      ("claims-of: someone2020\nclaims: {best: {statement: x, value: {printed: \".5\"}, region: {above: 0}}}", []),
      ("claims-of: someone2020\nclaims: {best: {statement: x}}", []),
      ("claims-of: someone2020\nclaims: {best: {statement: x, of: main.a.b}}", ["2:31 unknown-key"]),
      ("claims-of: someone2020\nclaims: {best: {title: x}}", ["2:16 missing-key"]),
      ("claims-of: someone2020\nclaims: {best: {statement: x, value: {printed: a}}}", ["2:48 bad-number"]),
      ("claims-of: Some One\nclaims: {}", ["1:12 bad-name"]), ("claims-of: someone2020", ["1:1 missing-key"]),
      ("claims-of: a\nclaims: {best: {statement: x, source: {reference: a}}}", ["2:40 unknown-key"]),
    ] as [(String, [String])])
  func claimsFilesAreChecked(_ text: String, _ expected: [String]) {
    var found: [String] = []
    do { _ = try ClaimsFile.parse(Array(text.utf8), file: "c.yaml") } catch {
      found = error.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }
    }
    #expect(found == expected)
    #expect(ClaimsFile.isClaimsFile(Array(text.utf8)))
  }

  @Test func aClaimOfAFileBelongsToItsPublication() throws {
    let text = "claims-of: someone2020\nnote: n\nclaims: {best: {statement: x, source: {quote: q, locator: abstract}}}"
    let file = try ClaimsFile.parse(Array(text.utf8), file: "c.yaml")
    #expect(file.claim("best")?.source?.reference.value == "someone2020" && file.claim("best")?.source?.quote == "q")
    #expect(file.claim("worst") == nil && file.note == "n")
    #expect(!ClaimsFile.isClaimsFile(Array("analysis: a".utf8)) && !ClaimsFile.isClaimsFile(Array("{{{".utf8)))
  }

  @Test func hostileTextNeverTraps() throws {
    for text in [
      "", "\u{0}", "claims-of: [", "claims-of: {a: b}\nclaims: [1]",
      "claims-of: x\nclaims: {y: 3, z: [a], w: {value: 4, region: 5}}",
    ] {
      #expect(throws: DiagnosticsError.self) { try ClaimsFile.parse(Array(text.utf8), file: "c.yaml") }
    }
    let shapes = [
      "claims: 3", "claims: [a]", "claims: {a: b}", "claims: {a: {use: 3}}", "claims: {a: {value: []}}",
      "claim-families: {a: {correction: 1, alpha: x}}",
    ]
    for shape in shapes {
      let spec = Self.good.replacing("claims:\n", with: "summaries:\n") + "\n" + shape
      #expect(throws: DiagnosticsError.self) { try SectionCatalog.language.parse(Array(spec.utf8), file: "s.yaml") }
    }
  }
}
