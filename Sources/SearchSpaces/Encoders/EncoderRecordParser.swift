import Diagnostics
import Documents

/// Reads encoder records in JSON or YAML: an entry of the BERT benchmark, what stands under its `model_hparam_overrides`, or the
/// canonical form `{"hidden_size": 256, "encoder_layers": [{"operation_type": "SA", …}, …]}`.
package enum EncoderRecordParser {
  /// A record from UTF-8 bytes.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - file: The name used in locations.
  /// - Throws: `DiagnosticsError` with every problem: those of the document (syntax, keys given twice) when there are any, otherwise
  ///   those of the record.
  package static func read(
    _ bytes: [UInt8], file: String
  ) throws(DiagnosticsError) -> ParsedRecord<EncoderRecord> {
    try RecordReader.excerpted(
      bytes, file: file, { node throws(DiagnosticsError) in try read(node) }, warnings: \.warnings)
  }

  /// A record from a text, without its warnings.
  package static func parse(_ text: String, file: String) throws(DiagnosticsError) -> EncoderRecord {
    try read(Array(text.utf8), file: file).record
  }

  /// A record that stands in a document.
  package static func read(_ root: DocumentNode) throws(DiagnosticsError) -> ParsedRecord<EncoderRecord> {
    var conversion = EncoderRecordConversion()
    let record = conversion.record(root)
    return try conversion.reader.reading(record)
  }

  /// True when a mapping has a key that only encoder records have.
  static func recognises(_ root: DocumentNode) -> Bool {
    EncoderRecordConversion.places.contains { root[$0] != nil && root[$0]?["op"] == nil }
  }
}

/// Turns a document into a record.
private struct EncoderRecordConversion {
  var reader = RecordReader()

  /// Keys by which a record is recognised.
  static let places = ["hidden_size", "encoder_layers", "nas_config", "model_hparam_overrides", "hparams"]
  /// The keys of an entry of the benchmark beside its architecture.
  private static let entryKeys: Set<String> = ["id", "is_running", "completed", "time_to_train", "scores"]
  private static let form = #"{"hidden_size": 256, "encoder_layers": [{"operation_type": "SA", …}, …]}"#

  mutating func record(_ root: DocumentNode) -> EncoderRecord? {
    guard root.entries != nil else {
      reader.report(
        "record-not-mapping", root.location, "an encoder record is a mapping, not \(root.kindName)",
        fix: "write \(Self.form)")
      return nil
    }
    guard EncoderRecordParser.recognises(root) else {
      reader.report(
        "not-an-encoder", root.location, "there is no encoder record: no hidden_size and no encoder_layers",
        fix: "write \(Self.form)")
      return nil
    }
    // An entry of the benchmark has the architecture two levels down, among settings of the training.
    var node = root
    var name = "the record"
    for key in ["hparams", "model_hparam_overrides"] {
      guard let inner = node[key] else { continue }
      if key == "hparams" || node["hparams"] == nil, name == "the record" {
        reader.checkKeys(
          of: root, named: name, keys: key == "hparams" ? [key] : [key] + Self.places, ignored: Self.entryKeys)
      }
      guard inner.entries != nil else {
        reader.report(
          "record-not-mapping", inner.location, "\(key) is \(inner.kindName), not a mapping", fix: "write \(Self.form)")
        return nil
      }
      (node, name) = (inner, key)
    }
    return architecture(node, name)
  }

  private mutating func architecture(_ node: DocumentNode, _ name: String) -> EncoderRecord? {
    let isNested = node["nas_config"] != nil
    reader.checkKeys(
      of: node, named: name, keys: ["hidden_size", isNested ? "nas_config" : "encoder_layers"],
      ignored: Self.entryKeys)
    let hidden = reader.required("hidden_size", in: node, named: name, fix: "give it, such as 256").flatMap {
      reader.integer($0, named: "hidden_size", in: EncoderRecord.hiddenSizes)
    }
    var place = (node: node, name: name)
    if let inner = node["nas_config"] {
      guard inner.entries != nil else {
        reader.report(
          "record-not-mapping", inner.location, "nas_config is \(inner.kindName), not a mapping",
          fix: #"write {"encoder_layers": […]}"#)
        return nil
      }
      reader.checkKeys(of: inner, named: "nas_config", keys: ["encoder_layers"])
      place = (inner, "nas_config")
    }
    guard
      let list = reader.required("encoder_layers", in: place.node, named: place.name, fix: "list the layers"),
      let elements = reader.list(list, named: "encoder_layers", count: EncoderRecord.layerCounts, of: "layers")
    else { return nil }
    let layers = elements.enumerated().map { layer($1, number: $0 + 1, hidden) }
    guard let hidden else { return nil }
    let complete = layers.compactMap { $0 }
    return complete.count == layers.count ? try? EncoderRecord(hiddenSize: hidden, layers: complete) : nil
  }

  private mutating func layer(_ node: DocumentNode, number: Int, _ hidden: Int?) -> EncoderLayer? {
    let name = "layer \(number)"
    guard node.entries != nil else {
      reader.report(
        "layer-not-mapping", node.location, "\(name) is \(node.kindName), not a mapping",
        fix: #"write {"operation_type": "SA", "operation_parameter": "SDP", …}"#)
      return nil
    }
    reader.checkKeys(of: node, named: name, keys: EncoderLayer.keys)
    let operation = operation(node, name)
    func size(_ key: String, _ range: ClosedRange<Int>, _ example: Int) -> (value: Int, node: DocumentNode)? {
      guard let value = reader.required(key, in: node, named: name, fix: "give it, such as \(example)"),
        let size = reader.integer(value, named: "\(key) of \(name)", in: range)
      else { return nil }
      return (size, value)
    }
    let heads = size("num_operation_heads", EncoderRecord.headCounts, 4)
    let width = size("feed_forward_dimension", EncoderRecord.feedForwardDimensions, 1024)
    let count = size("num_feed_forward", EncoderRecord.feedForwardCounts, 1)
    guard let operation, let heads, let width, let count else { return nil }
    if let hidden, let problem = operation.problem(heads: heads.value, hiddenSize: hidden) {
      reader.report(
        "bad-heads", heads.node.location, "\(name): \(problem)",
        reason: "heads share the hidden size evenly",
        fix: Self.headsFix(operation, hidden))
    }
    return EncoderLayer(
      operation: operation, heads: heads.value, feedForwardDimension: width.value, feedForwardCount: count.value)
  }

  private static func headsFix(_ operation: EncoderOperation, _ hidden: Int) -> String {
    let fitting = (1...16).filter { operation.problem(heads: $0, hiddenSize: hidden) == nil }
    return fitting.isEmpty
      ? "give another hidden_size" : "give one of \(fitting.map(String.init).joined(separator: ", ")), …"
  }

  private mutating func operation(_ node: DocumentNode, _ name: String) -> EncoderOperation? {
    let types = ["SA", "LT", "DSC"]
    func parameters(_ type: String) -> [String] {
      EncoderOperation.allCases.filter { $0.type == type }.map(\.rawValue)
    }
    var type: String?
    if let value = reader.required(
      "operation_type", in: node, named: name, fix: "give one of \(types.joined(separator: ", "))")
    {
      type = word(value, "operation_type of \(name)", types, "unknown-operation")
    }
    let known = type.map { parameters($0) } ?? EncoderOperation.allCases.map(\.rawValue)
    guard
      let value = reader.required(
        "operation_parameter", in: node, named: name, fix: "give one of \(known.joined(separator: ", "))")
    else { return nil }
    if let type, let operation = value.text.flatMap({ EncoderOperation(rawValue: $0) }), operation.type != type {
      reader.report(
        "operation-mismatch", value.location,
        "\(name): \(operation.rawValue) belongs to \(operation.type), not to \(type)",
        fix: "give one of \(known.joined(separator: ", ")), or \(operation.type) as operation_type")
      return nil
    }
    let parameter = word(value, "operation_parameter of \(name)", known, "unknown-operation-parameter")
    return type == nil ? nil : parameter.flatMap { EncoderOperation(rawValue: $0) }
  }

  private mutating func word(_ node: DocumentNode, _ name: String, _ known: [String], _ id: String) -> String? {
    if let text = node.text, known.contains(text) { return text }
    let listing = known.joined(separator: ", ")
    reader.report(
      id, node.location, "\(name) is \(RecordReader.shown(node)), not one of \(listing)",
      fix: node.text.flatMap { Suggestion.closest(to: $0, in: known) }.map { "did you mean \($0)?" }
        ?? "give one of \(listing)")
    return nil
  }
}
