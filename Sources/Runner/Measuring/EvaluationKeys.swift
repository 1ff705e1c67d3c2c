import Documents
import Files
import Pipeline

/// Keys of evaluations in the store's memo.
struct EvaluationKeys: Sendable {
  /// All that the evaluations of a measurement share, one `field: value` a line.
  let text: String
  /// SHA-256 of the text.
  let configuration: String

  init(_ settings: MeasureSettings, engine: any ArchitectureMeasuring, tokens: TokenFiles) {
    var fields = [
      KeyField("engine", String(engine.version)), KeyField("settings", settings.parameters.text()),
    ]
    fields += tokens.digests.map { KeyField("tokens.\($0.name)", $0.value) }
    text = fields.map { "\($0.name): \(JSONValue.string($0.value).text())\n" }.joined()
    configuration = SHA256.hexDigest(text)
  }

  /// The key of one evaluation.
  func key(_ architecture: MeasuredArchitecture, seed: Int, batch: Int) -> String {
    SHA256.hexDigest("\(configuration)\nseed: \(seed)\nbatch: \(batch)\narchitecture: \(architecture.text)\n")
  }
}
