import Diagnostics
import Documents
import Sizes

package typealias ArchitectureKind = Sizes.ArchitectureKind

/// An architecture of any kind, as a file describes it.
package enum ArchitectureRecord: Sendable, Hashable {
  case recurrentCell(Recipe)
  case encoder(EncoderRecord)
  case decoder(DecoderConfiguration)

  /// The kind.
  package var kind: ArchitectureKind {
    switch self {
    case .recurrentCell: .recurrentCell
    case .encoder: .encoder
    case .decoder(let configuration): configuration.kind == .gpt2 ? .gpt2 : .transformerXL
    }
  }

  /// The canonical text: one line of JSON, which `read` reads to the same record.
  package var json: String {
    switch self {
    case .recurrentCell(let recipe): recipe.json
    case .encoder(let record): record.json
    case .decoder(let configuration): configuration.json
    }
  }

  /// Named properties.
  package var features: [(name: String, value: Double)] {
    switch self {
    case .recurrentCell(let recipe): recipe.features
    case .encoder(let record): record.features
    case .decoder(let configuration): configuration.features
    }
  }

  /// Reads a record of any kind.
  ///
  /// What has a key of encoder records (`hidden_size`, `encoder_layers`, `nas_config`, `model_hparam_overrides`, `hparams`) is an
  /// encoder; what names its `kind`, or has a key of decoders (`n_layer`, `n_head`, `d_model`, `d_inner`, `d_embed`, `n_token`, `div_val`) is a decoder, of
  /// the kind that `DecoderKind` recognises; anything else is a recurrent cell. A node of a cell may have such a name, too: it has
  /// the key `op`.
  ///
  /// - Parameter kind: The kind; recognised from the content when nil.
  /// - Throws: `DiagnosticsError` with every problem of the record.
  package static func read(
    _ node: DocumentNode, kind: ArchitectureKind? = nil
  ) throws(DiagnosticsError) -> ParsedRecord<ArchitectureRecord> {
    switch kind {
    case .encoder: return try EncoderRecordParser.read(node).map { .encoder($0) }
    case .gpt2: return try DecoderConfigurationParser.read(node, kind: .gpt2).map { .decoder($0) }
    case .transformerXL: return try DecoderConfigurationParser.read(node, kind: .transformerXL).map { .decoder($0) }
    case .recurrentCell:
      let reading = try RecipeParser.read(node)
      return ParsedRecord(record: .recurrentCell(reading.recipe), warnings: reading.warnings)
    case nil:
      if EncoderRecordParser.recognises(node) { return try read(node, kind: .encoder) }
      if DecoderKind.recognises(node) { return try DecoderConfigurationParser.read(node).map { .decoder($0) } }
      return try read(node, kind: .recurrentCell)
    }
  }

  /// Reads a record from UTF-8 bytes; findings have the lines that they point to.
  package static func read(
    _ bytes: [UInt8], file: String, kind: ArchitectureKind? = nil
  ) throws(DiagnosticsError) -> ParsedRecord<ArchitectureRecord> {
    try RecordReader.excerpted(
      bytes, file: file, { node throws(DiagnosticsError) in try read(node, kind: kind) }, warnings: \.warnings)
  }
}

extension ParsedRecord {
  /// The reading with another record.
  func map<Other>(_ transform: (Record) -> Other) -> ParsedRecord<Other> {
    ParsedRecord<Other>(record: transform(record), warnings: warnings)
  }
}
