import Reports
import Testing

@testable import Sections

@Suite struct CaptionCoefficientsTests {
  private let shown = CaptionCoefficients(["Somers' d", "Kendall τ-b", "Spearman ρ"])

  @Test(
    arguments: [
      ("Above each panel: Somers' d and Spearman ρ.", nil), ("τ-b of twelve metrics, R and Rd.", nil),
      ("Clustered by 1 − |τ|.", nil), ("Kendall τ-b and Pearson r, signed.", "Pearson r"), ("Its τ-a.", "Kendall τ-a"),
    ] as [(String, String?)])
  func captionsNameWhatIsShown(caption: String, other: String?) {
    let words = "Somers' d, Kendall τ-b and Spearman ρ"
    #expect(
      shown.problem(in: caption) == other.map { "the caption names \($0), but what is shown is \(words)" })
    // A figure of no coefficients may speak of any.
    #expect(CaptionCoefficients([]).problem(in: caption) == nil && CaptionCoefficients([]).value == nil)
    #expect(shown.value?.value["coefficients"] == .string(words))
  }

  @Test func tablesNameTheirsThemselves() {
    let table = ReportTable(
      name: "t", caption: "Differences of |Somers' d|.", columns: [.init("Metric"), .init("τ-b", isNumeric: true)],
      rows: [])
    #expect(CaptionCoefficients(of: table).problem(in: "Somers' d less that of depth, beside Kendall τ-b") == nil)
    #expect(CaptionCoefficients(of: table).problem(in: "Pearson r")?.hasSuffix("Kendall τ-b and Somers' d") == true)
  }
}
