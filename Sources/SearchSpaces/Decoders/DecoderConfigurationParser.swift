import Diagnostics
import Documents
import Outcomes

/// Reads configurations of decoders: a `model_config.yaml` of LiteTransformerSearch with all its keys, or the canonical form.
///
/// - `n_head` and `d_inner` are one number for all layers or a list with one for each.
/// - Left out are allowed `d_embed` (or null, or −1: the model width), `div_val` (1), `cutoffs` (none), `tie_projs` (false),
///   `tie_weight` (true), `mem_len` (0).
/// - Keys that change the network in ways that are not built, such as `primer_conv`, must have their usual values. Where weights would
///   be drawn otherwise than they are here, there is a warning. Those of the training are passed over.
package enum DecoderConfigurationParser {
  /// A configuration from UTF-8 bytes.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - file: The name used in locations.
  ///   - kind: The kind of decoder; recognised from the content when nil, see `DecoderKind.recognised(_:)`.
  /// - Throws: `DiagnosticsError` with every problem: those of the document (syntax, keys given twice) when there are any, otherwise
  ///   those of the configuration.
  package static func read(
    _ bytes: [UInt8], file: String, kind: DecoderKind? = nil
  ) throws(DiagnosticsError) -> ParsedRecord<DecoderConfiguration> {
    try RecordReader.excerpted(
      bytes, file: file, { node throws(DiagnosticsError) in try read(node, kind: kind) }, warnings: \.warnings)
  }

  /// A configuration from a text, without its warnings.
  package static func parse(
    _ text: String, file: String, kind: DecoderKind? = nil
  ) throws(DiagnosticsError) -> DecoderConfiguration {
    try read(Array(text.utf8), file: file, kind: kind).record
  }

  /// A configuration that stands in a document.
  package static func read(
    _ root: DocumentNode, kind: DecoderKind? = nil
  ) throws(DiagnosticsError) -> ParsedRecord<DecoderConfiguration> {
    var conversion = DecoderConfigurationConversion(root: root)
    let configuration = conversion.configuration(kind)
    return try conversion.reader.reading(configuration)
  }
}

/// Turns a document into a configuration.
private struct DecoderConfigurationConversion {
  let root: DocumentNode
  var reader = RecordReader()

  init(root: DocumentNode) { self.root = root }

  mutating func configuration(_ named: DecoderKind?) -> DecoderConfiguration? {
    guard root.entries != nil else {
      reader.report(
        "record-not-mapping", root.location, "a configuration of a decoder is a mapping, not \(root.kindName)",
        fix: #"write {"n_layer": …, "d_model": …, "n_head": …, "d_inner": …, "n_token": …}"#)
      return nil
    }
    guard DecoderKind.recognises(root) else {
      reader.report(
        "not-a-decoder", root.location,
        "there is no configuration of a decoder: no n_layer, d_model, n_head and d_inner",
        fix: #"write {"n_layer": …, "d_model": …, "n_head": …, "d_inner": …, "n_token": …}"#)
      return nil
    }
    reader.checkKeys(
      of: root, named: "the configuration", keys: DecoderConfigurationKeys.meaningful,
      ignored: DecoderConfigurationKeys.known)
    checkSettings()
    let kind = kind(named)
    let record = record()
    let embedding = embedding(width: record?.width)
    let positions = size("tgt_len", DecoderConfiguration.positionCounts, isNeeded: kind == .gpt2, example: 192)
    let memory = size("mem_len", DecoderConfiguration.memoryLengths, isNeeded: false, example: 192)
    guard let kind, let record, let embedding else { return nil }
    if kind == .transformerXL, record.width % 2 != 0, let place = root["d_model"] {
      reader.report(
        "bad-size", place.location, "the model width \(record.width) is odd",
        reason: "a Transformer-XL has sines and cosines of positions in equal number", fix: "give an even d_model")
    }
    return try? DecoderConfiguration(
      kind: kind, record: record, embedding: embedding, positionCount: positions ?? 0, memoryLength: memory ?? 0)
  }

  private mutating func kind(_ named: DecoderKind?) -> DecoderKind? {
    let words = DecoderKind.allCases.map(\.rawValue)
    if let node = root["kind"] {
      guard let kind = node.text.flatMap({ DecoderKind(rawValue: $0) }) else {
        reader.report(
          "unknown-kind", node.location,
          "kind is \(RecordReader.shown(node)), not one of \(words.joined(separator: ", "))",
          fix: node.text.flatMap { Suggestion.closest(to: $0, in: words) }.map { "did you mean \($0)?" }
            ?? "give one of \(words.joined(separator: ", "))")
        return nil
      }
      if let named, named != kind {
        reader.report(
          "kind-mismatch", node.location,
          "the configuration is a \(kind.rawValue), and is asked for as a \(named.rawValue)",
          fix: "name its own kind, or none")
        return nil
      }
      return kind
    }
    if let kind = named ?? DecoderKind.recognised(root) { return kind }
    reader.report(
      "unknown-kind", root.location, "nothing tells whether this is a GPT-2 or a Transformer-XL",
      reason: "it has both tgt_len and mem_len, and its n_token is neither that of GPT-2 nor one of words",
      fix: "add `kind: gpt-2` or `kind: transformer-xl`, or name the kind with an option")
    return nil
  }

  private mutating func record() -> DecoderRecord? {
    let depth = size("n_layer", DecoderRecord.layerCounts, isNeeded: true, example: 8)
    let width = size("d_model", DecoderRecord.widths, isNeeded: true, example: 512)
    let heads = layers("n_head", DecoderRecord.headCounts, depth, example: 8)
    let inner = layers("d_inner", DecoderRecord.feedForwardDimensions, depth, example: 2048)
    guard let width, let depth, let heads else { return nil }
    for (index, head) in heads.enumerated() where width % head.value != 0 {
      reader.report(
        "bad-heads", head.location,
        "\(heads.count == 1 ? "n_head" : "layer \(index + 1)"): \(head.value) heads do not divide the model width \(width)",
        reason: "heads share the model width evenly",
        fix: "give one of \((1...64).filter { width % $0 == 0 }.prefix(8).map(String.init).joined(separator: ", "))")
    }
    guard let inner else { return nil }
    return try? DecoderRecord(
      width: width,
      layers: (0..<depth).map { layer in
        DecoderLayer(
          heads: heads[min(layer, heads.count - 1)].value,
          feedForwardDimension: inner[min(layer, inner.count - 1)].value)
      })
  }

  private mutating func embedding(width: Int?) -> AdaptiveEmbedding? {
    let vocabulary = size("n_token", AdaptiveEmbedding.vocabularySizes, isNeeded: true, example: 50_257)
    var embedding = width
    if let node = root["d_embed"], !node.isNull, node.integer != -1 {
      embedding = reader.integer(node, named: "d_embed", in: AdaptiveEmbedding.widths)
    }
    let divisor =
      root["div_val"] == nil
      ? 1 : size("div_val", AdaptiveEmbedding.divisors, isNeeded: true, example: 1)
    let cutoffs = cutoffs(vocabulary)
    let tiesWeights = root["tie_weight"].map { reader.flag($0, named: "tie_weight") } ?? true
    var ties: [Bool]? = []
    if let node = root["tie_projs"] {
      let flags = reader.list(node, named: "tie_projs", count: 0...64, of: "flags").map { elements in
        elements.enumerated().map { reader.flag($1, named: "flag \($0 + 1) of tie_projs") }
      }
      ties = flags.flatMap { $0.contains(nil) ? nil : $0.compactMap { $0 } }
    }
    guard let vocabulary, let embedding, let divisor, let cutoffs, let tiesWeights, let ties else { return nil }
    do throws(Reason) {
      return try AdaptiveEmbedding(
        vocabularySize: vocabulary, width: embedding, divisor: divisor, cutoffs: cutoffs, tiesProjections: ties,
        tiesWeights: tiesWeights)
    } catch {
      let place = root["div_val"] ?? root["cutoffs"] ?? root
      reader.report(
        "bad-clusters", place.location, error.text, fix: "give fewer cutoffs, a smaller div_val or a larger d_embed")
      return nil
    }
  }

  private mutating func cutoffs(_ vocabulary: Int?) -> [Int]? {
    guard let node = root["cutoffs"], !node.isNull else { return [] }
    guard let elements = reader.list(node, named: "cutoffs", count: AdaptiveEmbedding.cutoffCounts, of: "tokens")
    else { return nil }
    let values = elements.enumerated().map { index, element in
      reader.integer(element, named: "cutoff \(index + 1)", in: 1...(1 << 40)).map { ($0, element.location) }
    }
    let known = values.compactMap { $0 }
    guard known.count == values.count, let vocabulary else { return nil }
    let inner = AdaptiveEmbedding.inner(known.map(\.0), of: vocabulary)
    guard let wrong = inner.indices.dropFirst().first(where: { inner[$0] <= inner[$0 - 1] }) else {
      return known.map(\.0)
    }
    reader.report(
      "bad-cutoffs", known[wrong].1, "cutoff \(wrong + 1) is \(inner[wrong]), not above the one before it",
      fix: "list the cutoffs in ascending order")
    return nil
  }

  /// One number for all layers, or a list with one for each.
  private mutating func layers(
    _ key: String, _ range: ClosedRange<Int>, _ depth: Int?, example: Int
  ) -> [(value: Int, location: SourceLocation)]? {
    guard
      let node = reader.required(
        key, in: root, named: "the configuration", fix: "give one number for all layers, such as \(example), or a list")
    else { return nil }
    guard node.elements != nil else {
      return reader.integer(node, named: key, in: range).map { [($0, node.location)] }
    }
    let count = depth.map { $0...$0 } ?? DecoderRecord.layerCounts
    guard let elements = reader.list(node, named: key, count: count, of: "layers") else { return nil }
    let values = elements.enumerated().map { index, element in
      reader.integer(element, named: "\(key) of layer \(index + 1)", in: range).map { ($0, element.location) }
    }
    let known = values.compactMap { $0 }
    return known.count == values.count ? known : nil
  }

  private mutating func size(_ key: String, _ range: ClosedRange<Int>, isNeeded: Bool, example: Int) -> Int? {
    if !isNeeded, root[key] == nil { return nil }
    guard let node = reader.required(key, in: root, named: "the configuration", fix: "give it, such as \(example)")
    else { return nil }
    return reader.integer(node, named: key, in: range)
  }

  /// Reports settings whose network, or whose initial weights, are others.
  private mutating func checkSettings() {
    for setting in DecoderConfigurationKeys.settings {
      guard let node = root[setting.key], !node.isNull || !setting.mayBeNull else { continue }
      if setting.accepts(node) { continue }
      reader.report(
        setting.isOfWeights ? "other-weights" : "unsupported-setting", node.location,
        "\(setting.key) is \(RecordReader.shown(node)), not \(setting.values[0])", reason: setting.reason,
        fix: setting.isOfWeights ? "leave it out" : "give \(setting.values[0]), or leave it out",
        severity: setting.isOfWeights ? .warning : .error)
    }
  }
}
