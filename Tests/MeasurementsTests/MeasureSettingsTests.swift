import Documents
import Sizes
import Specs
import Testing

@testable import Measurements

@Suite struct MeasureSettingsTests {
  private func settings(_ kind: ArchitectureKind) -> MeasureSettings {
    var spec = MeasureSpec()
    spec.network.kind = kind
    return MeasureSettings(spec, metrics: ["snip"], base: "")
  }

  /// What keys of stored evaluations of recurrent cells are made of stays as it was before there were other kinds.
  @Test func whatIsLeftOutIsThePublishedSetting() {
    let text = settings(.recurrentCell).parameters.text()
    #expect(
      text.filter { !$0.isWhitespace }
        == """
        {"network":{"vocabulary":10000,"embedding":400,"hidden":600,"layers":3,"tied":true,"protocol":"results",\
        "precision":"float32"},"tokens":{"use":"text-free","vocabulary":10000,"steps":70,"columns":50},"metrics":["snip"]}
        """.filter { !$0.isWhitespace })
  }

  /// Nor is what was stored of transformers before there were dropout and orders of the batch made anew.
  @Test func whatIsOffIsInNoKey() {
    var spec = MeasureSpec()
    spec.network.kind = .encoder
    (spec.network.dropout, spec.tokens.order) = (0, .asRead)
    #expect(
      MeasureSettings(spec, metrics: ["snip"], base: "").parameters.text().filter { !$0.isWhitespace }
        == """
        {"network":{"kind":"encoder","variant":"declared","weights":"torch","layers":4,"precision":"float32",\
        "cotangent-seed":777},"tokens":{"use":"text-free","vocabulary":30522,"steps":128,"columns":8},"metrics":["snip"]}
        """.filter { !$0.isWhitespace })
  }

  /// A choice that decides on values is in the parameters; one that says nothing of the kind is not.
  @Test func choicesAreInTheParameters() {
    let encoder = settings(.encoder)
    var other = encoder
    for change: (inout MeasureSettings) -> Void in [
      { $0.network.variant = .asTrained }, { $0.network.weights = .documented }, { $0.network.cotangentSeed = 1 },
      { $0.precision = .float64 }, { $0.tokens.steps = 3 }, { $0.tokens.order = .reversed },
      { $0.network.dropout = Dropout(0.1, seed: 0) },
    ] {
      other = encoder
      change(&other)
      #expect(other.parameters != encoder.parameters)
    }
    var dropping = encoder
    dropping.network.dropout = Dropout(0.1, seed: 0)
    other.network.dropout = Dropout(0.1, seed: 1)
    #expect(other.parameters != dropping.parameters)
    other = encoder
    other.hidden = 7
    #expect(other.parameters == encoder.parameters)
    #expect(encoder.tokens.steps == 128 && encoder.tokens.columns == 8 && encoder.vocabulary == 30_522)
    #expect(settings(.gpt2).layers == 16)
  }
}
