import Diagnostics
import Testing

import struct TestSupport.TextMutator

@testable import SearchSpaces

/// Mutated records and configurations end in a record or in findings with places; never in a trap.
@Suite struct RecordMutationTests {
  private static let fragments = [
    "\"", "{", "}", "[", "]", ",", ":", "null", "\\u0000", "\u{FEFF}", "-1e999", "NaN", "-1", "0", "7", "65537",
    "9223372036854775807", "1.5", "true", "\"op\"", "SA", "DSC", "SDP", "9", "hidden_size", "encoder_layers", "n_head",
    "n_layer", "cutoffs", "gpt-2", "transformer-xl", "mem_len", "tgt_len", "&a", "*a", "\n",
  ]

  private static let texts = [
    EncoderRecordParserTests.plain, DecoderConfigurationTests.released,
    #"{"kind": "transformer-xl", "n_token": 300, "n_layer": 2, "d_model": 12, "d_embed": 8, "n_head": [2, 3], "#
      + #""d_inner": [24, 17], "cutoffs": [100, 200], "div_val": 2, "tie_weight": false, "#
      + #""tie_projs": [false, true, true], "mem_len": 5}"#,
    #"{"hparams": {"model_hparam_overrides": {"hidden_size": 12, "nas_config": {"encoder_layers": ["#
      + #"{"operation_type": "LT", "operation_parameter": "DFT", "num_operation_heads": 3, "#
      + #""feed_forward_dimension": 7, "num_feed_forward": 2}]}}}}"#,
  ]

  private func check(_ bytes: [UInt8], _ outcomes: inout [Bool: Int]) {
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(DiagnosticsError) {
      let reading = try ArchitectureRecord.read(bytes, file: "m")
      #expect(reading.warnings.allSatisfy { $0.severity != .error })
      let record = reading.record
      let again = try ArchitectureRecord.read(Array(record.json.utf8), file: "again")
      #expect(again.record == record && again.record.json == record.json && again.warnings.isEmpty, "\(text)")
      #expect(record.features.allSatisfy { $0.value.isFinite })
      switch record {
      case .recurrentCell: break
      case .encoder(let record):
        for variant in EncoderVariant.allCases {
          #expect(record.parameterCount(variant) > 0 && !record.network(variant).isEmpty)
          _ = record.obstacle(to: variant)
          _ = try? record.floatingPointOperations(variant, sequenceLength: 8192, batchSize: .max)
        }
      case .decoder(let configuration):
        #expect(configuration.parameterCounts.total > 0)
        _ = try? configuration.floatingPointOperations(sequenceLength: 8192, batchSize: .max)
      }
      outcomes[true, default: 0] += 1
    } catch {
      #expect(error.diagnostics.hasErrors, "\(text)")
      #expect(error.diagnostics.allSatisfy { $0.location != nil || $0.id == "more-findings" }, "\(text)")
      outcomes[false, default: 0] += 1
    }
  }

  @Test func mutatedBytes() {
    var mutator = TextMutator(Self.texts, fragments: Self.fragments, seed: 2026)
    var outcomes: [Bool: Int] = [:]
    for _ in 0..<5000 { check(mutator.bytes(), &outcomes) }
    #expect((outcomes[true] ?? 0) > 20 && (outcomes[false] ?? 0) > 1000, "\(outcomes)")
  }

  @Test func mutatedWords() {
    var mutator = TextMutator(Self.texts, fragments: Self.fragments, seed: 6202)
    var outcomes: [Bool: Int] = [:]
    for _ in 0..<5000 { check(mutator.words(), &outcomes) }
    #expect((outcomes[true] ?? 0) > 20 && (outcomes[false] ?? 0) > 1000, "\(outcomes)")
  }
}
