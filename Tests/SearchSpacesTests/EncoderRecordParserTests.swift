import Diagnostics
import Documents
import TestSupport
import Testing

@testable import SearchSpaces

@Suite struct EncoderRecordParserTests {
  static let plain =
    #"{"hidden_size": 256, "encoder_layers": [{"operation_type": "SA", "operation_parameter": "WMA", "#
    + #""num_operation_heads": 4, "feed_forward_dimension": 1024, "num_feed_forward": 3}, "#
    + #"{"operation_type": "DSC", "operation_parameter": 9, "num_operation_heads": 2, "#
    + #""feed_forward_dimension": 512, "num_feed_forward": 1}]}"#

  private func read(_ text: String) throws -> ParsedRecord<EncoderRecord> {
    try EncoderRecordParser.read(Array(text.utf8), file: "r.json")
  }

  private func findings(_ text: String) -> [Diagnostic] {
    do {
      return try read(text).warnings
    } catch { return (error as? DiagnosticsError)?.diagnostics ?? [] }
  }

  @Test func theCanonicalForm() throws {
    let record = try read(Self.plain).record
    #expect(record.hiddenSize == 256 && record.layers.map(\.operation) == [.weightedMultiplicative, .convolution9])
    #expect(record.json == Self.plain)
  }

  /// What the benchmark has around a record, and YAML.
  @Test func otherForms() throws {
    let record = try read(Self.plain).record
    let layers = Self.plain.dropFirst(#"{"hidden_size": 256, "#.count)
    let overrides = "{\"hidden_size\": 256, \"nas_config\": {\(layers)}"
    let entry = """
      {"id": 3, "is_running": false, "scores": {"glue": 70.1}, "completed": true, "time_to_train": 3.5,
       "hparams": {"use_tpu": true, "model_hparam_overrides": \(overrides)}}
      """
    for text in [overrides, "{\"model_hparam_overrides\": \(overrides)}", entry] {
      let reading = try read(text)
      #expect(reading.record == record && reading.warnings.isEmpty, "\(text)")
    }
    let yaml = """
      hidden_size: 96
      encoder_layers:
        - {operation_type: LT, operation_parameter: DCT, num_operation_heads: 3, feed_forward_dimension: 77, num_feed_forward: 64}

      """
    let free = try read(yaml).record
    #expect(free.hiddenSize == 96 && free.layers.count == 1 && free.obstacle(to: .declared) == nil)
    #expect(
      free.obstacle(to: .published)?.text
        == "layer 1 of the published network: 3 heads do not divide the hidden size 256")
  }

  @Test func everyProblemAtItsPlace() {
    let text = """
      {"hidden_size": 250, "hiden_size": 3, "note": 1,
       "encoder_layers": [
        {"operation_type": "SA", "operation_parameter": "DFT", "num_operation_heads": 2,
         "feed_forward_dimension": 512, "num_feed_forward": 1},
        {"operation_type": "DSC", "operation_parameter": 5, "num_operation_heads": 5,
         "feed_forward_dimension": 512.5, "num_feed_forward": 65},
        {"operation_type": "SAA", "operation_parameter": "SPD", "num_operation_head": 4, "num_feed_forward": 1},
        7
       ]}
      """
    let found = findings(text)
    let places = found.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }
    #expect(
      places == [
        "1:22 unknown-key", "1:39 unknown-key", "3:51 operation-mismatch", "6:30 bad-size", "6:57 bad-size",
        "7:3 missing-key", "7:3 missing-key", "7:22 unknown-operation", "7:52 unknown-operation-parameter",
        "7:59 unknown-key", "8:3 layer-not-mapping",
      ])
    #expect(found[0].fix == "did you mean hidden_size?" && found[1].severity == .warning)
    #expect(found[2].message == "layer 1: DFT belongs to LT, not to SA")
    #expect(found[8].fix == "did you mean SDP?" && found.allSatisfy { $0.excerpt != nil })
  }

  @Test func headsThatDoNotFit() {
    func heads(_ operation: String, _ heads: Int, hidden: Int = 96) -> [Diagnostic] {
      findings(
        "{\"hidden_size\": \(hidden), \"encoder_layers\": [{\(operation), \"num_operation_heads\": \(heads), "
          + "\"feed_forward_dimension\": 8, \"num_feed_forward\": 1}]}")
    }
    let attention = "\"operation_type\": \"SA\", \"operation_parameter\": \"SDP\""
    let convolution = "\"operation_type\": \"DSC\", \"operation_parameter\": 5"
    #expect(heads(attention, 3).isEmpty && heads(attention, 5).map(\.id) == ["bad-heads"])
    #expect(heads(convolution, 4).isEmpty && heads(convolution, 3).map(\.id) == ["bad-heads"])
    #expect(heads(convolution, 3).first?.fix == "give one of 2, 4, 6, 8, 12, 16, …")
    #expect(heads(convolution, 3, hidden: 99).first?.fix == "give another hidden_size")
  }

  @Test func documents() {
    #expect(findings("[]").map(\.id) == ["record-not-mapping"])
    #expect(findings("{\"hidden_size\": 1, \"hidden_size\": 2}").map(\.id) == ["duplicate-key"])
    #expect(findings("{\"hidden_size\": 256, \"encoder_layers\": []}").map(\.id) == ["bad-length"])
    let many = Array(repeating: "{}", count: 257).joined(separator: ",")
    #expect(findings("{\"hidden_size\": 256, \"encoder_layers\": [\(many)]}").map(\.id) == ["bad-length"])
    #expect(findings("{\"hidden_size\": 256").map(\.id).count == 1)
  }

  @Test(.needsRecordedNetworks, arguments: ["encoders_two_layers.json", "encoders_four_layers.json"])
  func recordedModels(_ file: String) throws {
    for model in try golden(file, in: #require(goldenFolder))["models"]?.entries ?? [] {
      // The record stands among the values.
      let record = try EncoderRecordParser.read(model.value).record
      let variant: EncoderVariant = model.value["variant"]?.text == "as-trained" ? .asTrained : .declared
      let count = record.parameterCount(variant)
      #expect(count == model.value["n_params"]?.integer, "\(model.key)")
      #expect(count + record.headParameterCount(variant) == model.value["n_params_with_head"]?.integer)
      let counts = try record.floatingPointOperations(variant, sequenceLength: 64, batchSize: 4)
      let flops = try #require(model.value["flops"])
      #expect(
        ["embedding_projection", "operations", "feed_forward", "total"].map { flops[$0]?.integer }
          == [counts.embeddingProjection, counts.operations, counts.feedForward, counts.total], "\(model.key)")
      #expect(try EncoderRecordParser.parse(record.json, file: "again") == record)
    }
  }
}
