import Diagnostics
import Documents
import Outcomes
import TestSupport
import Testing

@testable import SearchSpaces

@Suite struct DecoderConfigurationTests {
  /// A released configuration, cut down: a GPT-2 with the keys of a Transformer-XL.
  static let released = """
    adaptive: true
    cutoffs: [19997, 39997, 199997, 50264]
    d_embed: -1
    d_head: -1
    d_inner:
    - 96
    - 64
    d_model: 32
    div_val: 4
    dropout: 0.1
    dtype: null
    mem_len: 192
    n_head: 4
    n_layer: 2
    n_token: 50264
    pre_lnorm: false
    proj_init_std: 0.01
    tgt_len: 32
    tie_projs:
    - 0
    - 1
    - 1
    - 1
    tie_weight: true

    """

  private func read(_ text: String, _ kind: DecoderKind? = nil) throws -> ParsedRecord<DecoderConfiguration> {
    try DecoderConfigurationParser.read(Array(text.utf8), file: "c.yaml", kind: kind)
  }

  private func findings(_ text: String, _ kind: DecoderKind? = nil) -> [Diagnostic] {
    do {
      return try read(text, kind).warnings
    } catch { return (error as? DiagnosticsError)?.diagnostics ?? [] }
  }

  @Test func aReleasedConfiguration() throws {
    let reading = try read(Self.released)
    let configuration = reading.record
    #expect(reading.warnings.isEmpty)
    #expect(configuration.kind == .gpt2 && configuration.positionCount == 32 && configuration.memoryLength == 0)
    #expect(configuration.width == 32 && configuration.embedding.width == 32)
    #expect(
      configuration.layers.map(\.heads) == [4, 4] && configuration.layers.map(\.feedForwardDimension) == [96, 64])
    #expect(configuration.embedding.clusterEnds == [19_997, 39_997, 50_264])
    #expect(configuration.embedding.clusterWidths == [32, 8, 2])
    #expect(configuration.embedding.tiesProjections == [false, true, true])
    let again = try read(configuration.json)
    #expect(again.record == configuration && again.record.json == configuration.json && again.warnings.isEmpty)
    #expect(
      configuration.json
        == #"{"kind": "gpt-2", "n_token": 50264, "n_layer": 2, "d_model": 32, "d_embed": 32, "n_head": [4, 4], "#
        + #""d_inner": [96, 64], "cutoffs": [19997, 39997], "div_val": 4, "tie_weight": true, "#
        + #""tie_projs": [false, true, true], "tgt_len": 32}"#)
    let features = Dictionary(uniqueKeysWithValues: configuration.features.map { ($0.name, $0.value) })
    #expect(features["mean-d-inner"] == 80 && features["n-cluster"] == 3 && features["distinct-layers"] == 2)
  }

  private func minimal(_ rest: String) -> String {
    "n_layer: 1\nd_model: 8\nn_head: 2\nd_inner: 16\n\(rest)\n"
  }

  @Test func theKindIsRecognised() throws {
    #expect(try read(minimal("n_token: 267735\ntgt_len: 32\nmem_len: 32")).record.kind == .transformerXL)
    #expect(try read(minimal("n_token: 50257\ntgt_len: 32\nmem_len: 32")).record.kind == .gpt2)
    #expect(try read(minimal("n_token: 101\ntgt_len: 32")).record.kind == .gpt2)
    #expect(try read(minimal("n_token: 101\nmem_len: 32")).record.kind == .transformerXL)
    #expect(try read(minimal("n_token: 101")).record.kind == .transformerXL)
    #expect(try read(minimal("n_token: 50257\ntgt_len: 32"), .transformerXL).record.kind == .transformerXL)
    #expect(try read(minimal("n_token: 50257\nkind: transformer-xl")).record.kind == .transformerXL)
    let undecided = findings(minimal("n_token: 101\nmem_len: 8\ntgt_len: 8"))
    #expect(undecided.map(\.id) == ["unknown-kind"])
    #expect(findings(minimal("n_token: 101\nkind: gpt-3\ntgt_len: 8")).map(\.fix) == ["did you mean gpt-2?"])
    #expect(findings(minimal("n_token: 101\nkind: gpt-2\ntgt_len: 8"), .transformerXL).map(\.id) == ["kind-mismatch"])
  }

  /// A file that names its kind and little else is no recurrent cell.
  @Test func whatNamesItsKindIsAConfiguration() {
    do throws(DiagnosticsError) {
      _ = try ArchitectureRecord.read(Array("kind: gpt3".utf8), file: "x")
      Issue.record("it was read")
    } catch {
      #expect(Set(error.diagnostics.map(\.id)) == ["unknown-kind", "missing-key"])
    }
  }

  @Test func everyProblemAtItsPlace() {
    let text = """
      kind: gpt-2
      n_layer: 2
      d_model: 30
      n_head: [2, 4]
      d_inner: [16, 0]
      d_inne: 5
      n_token: 100
      cutoffs: [50, 40]
      tie_projs: [maybe]
      primer_conv: true
      weight_init_std: 0.05
      colour: red

      """
    let found = findings(text)
    let places = found.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id) \($0.severity)" }
    #expect(
      places == [
        "1:1 missing-key error", "4:13 bad-heads error", "5:15 bad-size error", "6:1 unknown-key error",
        "8:15 bad-cutoffs error", "9:13 bad-flag error", "10:14 unsupported-setting error",
        "11:18 other-weights warning", "12:1 unknown-key warning",
      ])
    #expect(found.first { $0.id == "bad-heads" }?.fix == "give one of 1, 2, 3, 5, 6, 10, 15, 30")
    #expect(found.first { $0.id == "unknown-key" }?.fix == "did you mean d_inner?")
    #expect(
      found.first { $0.id == "bad-size" }?.message == "d_inner of layer 2 is 0, not a whole number from 1 to 65,536")
    #expect(found.allSatisfy { $0.excerpt != nil })
  }

  @Test func lengthsAndSizesAreBounded() {
    #expect(
      findings(minimal("n_token: 101").replacing("d_inner: 16", with: "d_inner: [16, 16]")).map(\.id) == ["bad-length"])
    for (key, value) in [("n_layer", "1000000000"), ("d_model", "-8"), ("n_head", "9999999999999999999999")] {
      let text = minimal("n_token: 101").split(separator: "\n").map {
        $0.hasPrefix("\(key):") ? "\(key): \(value)" : String($0)
      }
      #expect(findings(text.joined(separator: "\n")).map(\.id).first == "bad-size", "\(key)")
    }
    #expect(findings(minimal("n_token: 101\ndiv_val: 4\ncutoffs: [10, 20, 30]")).map(\.id) == ["bad-clusters"])
    #expect(findings(minimal("n_token: 101\nn_token: 102")).map(\.id) == ["duplicate-key"])
    #expect(findings("[1]").map(\.id) == ["record-not-mapping"])
    #expect(
      findings(
        minimal("n_token: 101").replacing("d_model: 8", with: "d_model: 9\nn_head: 3").replacing(
          "n_head: 2\n", with: "")
      ).map(\.id) == ["bad-size"])
  }

  @Test func parametersByHand() throws {
    // d 8, f 16, one layer, 101 tokens in one cluster.
    let transformer = try read(minimal("n_token: 101")).record.parameterCounts
    #expect(transformer.attention == 5 * 64 + 16 && transformer.feedForward == 2 * 8 * 16 + 16 + 8)
    #expect(transformer.normalisation == 16 && transformer.relativeBias == 16)
    #expect(transformer.adaptiveEmbedding == 808 && transformer.softmax == 101)
    #expect(transformer.total == 336 + 280 + 32 + 808 + 101)
    let own = try read(minimal("n_token: 101\ntie_weight: false\nd_embed: 4")).record.parameterCounts
    // Vectors of width 4, a projection to 8, and both again for the softmax, with its biases.
    #expect(own.adaptiveEmbedding == 404 + 32 && own.softmax == 101 + 32 + 404)
  }

  @Test func operationsOfATransformerXL() throws {
    let configuration = try read(minimal("n_token: 101")).record
    let counts = try configuration.floatingPointOperations(sequenceLength: 6, batchSize: 3)
    func product(_ rows: Int, _ inner: Int, _ columns: Int) -> Int { 2 * rows * inner * columns }
    let projections = product(18, 8, 32) + product(6, 8, 8)
    // For each sequence: scores of contents and of positions, means of values.
    #expect(counts.attention == projections + 3 * (2 * product(6, 8, 6) + product(6, 6, 8)))
    #expect(counts.feedForward == 2 * product(18, 8, 16) && counts.decoder == product(18, 8, 101))
    for (length, batch) in [(0, 1), (1, 0), (65_537, 1), (65_536, .max)] {
      #expect(throws: Reason.self) {
        try configuration.floatingPointOperations(sequenceLength: length, batchSize: batch)
      }
    }
  }

  @Test(.needsRecordedNetworks, arguments: [("gpt2.json", DecoderKind.gpt2), ("transformer_xl.json", .transformerXL)])
  func recordedModels(_ file: String, _ kind: DecoderKind) throws {
    let models = try golden(file, in: #require(goldenFolder))["models"]?.entries ?? []
    #expect(!models.isEmpty)
    for model in models {
      let node = try #require(model.value["config"])
      let reading = try DecoderConfigurationParser.read(node)
      #expect(reading.record.kind == kind && reading.warnings.isEmpty, "\(model.key)")
      let counts = reading.record.parameterCounts
      let parts: [String: Int] = [
        "AdaEmb": counts.adaptiveEmbedding, "Attn": counts.attention, "FFN": counts.feedForward,
        "nonembedding": counts.nonEmbedding, "total": counts.total, "softmax": counts.softmax,
        "layer_norm": counts.normalisation, "rel_bias": counts.relativeBias,
      ]
      for entry in model.value["parameters"]?.entries ?? [] {
        #expect(parts[entry.key] == entry.value.integer, "\(model.key) \(entry.key)")
      }
      guard let flops = model.value["flops"] else { continue }
      let operations = try reading.record.floatingPointOperations(
        sequenceLength: #require(model.value["seq"]?.integer), batchSize: #require(model.value["batch"]?.integer))
      #expect(
        ["attention", "feed_forward", "decoder", "total"].map { flops[$0]?.integer }
          == [operations.attention, operations.feedForward, operations.decoder, operations.total], "\(model.key)")
    }
  }
}
