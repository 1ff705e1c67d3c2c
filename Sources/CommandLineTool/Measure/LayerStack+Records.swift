import Figures
import SearchSpaces

/// The layers of encoders and decoders as blocks of a drawing.
extension LayerStack {
  /// The blocks of a variant of an encoder, from the embedding upwards.
  static func blocks(_ record: EncoderRecord, _ variant: EncoderVariant) -> [Block] {
    let hidden = record.hiddenSize(variant)
    var input = [Bar("embedding", width: 128, kind: .ends)]
    if hidden != 128 { input.append(Bar("projection", width: hidden, kind: .ends)) }
    let layers = record.layers.map { layer in
      [bar(record.operation(layer, variant), heads: layer.heads, width: hidden)]
        + feedForward(record.feedForwardWidths(layer, variant))
    }
    return [Block("", input)] + numbered(layers)
  }

  /// The blocks of a decoder, from the embedding upwards.
  static func blocks(_ configuration: DecoderConfiguration) -> [Block] {
    let embedding = configuration.embedding
    let isSplit = embedding.clusterEnds.count > 1
    let clusters = "\(embedding.clusterEnds.count) clusters"
    let detail =
      isSplit && embedding.divisor > 1
      ? "\(clusters), \(embedding.clusterWidths.map(String.init).joined(separator: "/")) wide" : ""
    var input = [Bar("embedding", detail: detail, width: embedding.width, kind: .ends)]
    if embedding.projects(to: configuration.width) {
      input.append(Bar("projection", width: configuration.width, kind: .ends))
    }
    let layers = configuration.layers.map { layer in
      [
        Bar("attention", detail: heads(layer.heads), width: configuration.width, kind: .attention),
        Bar("feed-forward", width: layer.feedForwardDimension, kind: .feedForward),
      ]
    }
    let output = Bar(
      "softmax", detail: "\(NumberText.grouped(embedding.vocabularySize)) tokens\(isSplit ? ", \(clusters)" : "")",
      width: embedding.width, kind: .ends)
    return [Block("", input)] + numbered(layers) + [Block("", [output])]
  }

  /// The blocks as text for Graphviz, from the bottom to the top.
  static func graphviz(_ blocks: [Block]) -> String {
    var lines = ["digraph layers {", "  rankdir=BT;", "  node [shape=box];"]
    var last: Int?
    var count = 0
    for block in blocks {
      for bar in block.bars {
        let name = block.label.isEmpty ? "" : "\(block.label): "
        let detail = bar.detail.isEmpty ? "" : ", \(bar.detail)"
        lines.append("  n\(count) [label=\"\(name)\(bar.label)\(detail)\\n\(bar.width)\"];")
        if let last { lines.append("  n\(last) -> n\(count);") }
        last = count
        count += 1
      }
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  private static func heads(_ count: Int) -> String { count == 1 ? "1 head" : "\(count) heads" }

  private static func bar(_ operation: EncoderOperation, heads count: Int, width: Int) -> Bar {
    let heads = heads(count)
    return switch operation {
    case .scaledDotProduct: Bar("attention", detail: "dot products, \(heads)", width: width, kind: .attention)
    case .weightedMultiplicative:
      Bar("attention", detail: "weighted products, \(heads)", width: width, kind: .attention)
    case .fourier: Bar("Fourier transform", detail: heads, width: width, kind: .transform)
    case .cosine: Bar("cosine transform", detail: heads, width: width, kind: .transform)
    case .convolution5: Bar("convolution", detail: "span 5, \(heads)", width: width, kind: .convolution)
    case .convolution9: Bar("convolution", detail: "span 9, \(heads)", width: width, kind: .convolution)
    }
  }

  /// A bar for each run of equal widths.
  private static func feedForward(_ widths: [Int]) -> [Bar] {
    var runs: [(width: Int, count: Int)] = []
    for width in widths {
      if let last = runs.last, last.width == width {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((width, 1))
      }
    }
    return runs.map {
      Bar("feed-forward", detail: $0.count > 1 ? "\($0.count) layers" : "", width: $0.width, kind: .feedForward)
    }
  }

  /// A block for each run of equal layers, which are numbered from 1.
  private static func numbered(_ layers: [[Bar]]) -> [Block] {
    var blocks: [Block] = []
    var start = 0
    while start < layers.count {
      let end = layers[start...].firstIndex { $0 != layers[start] } ?? layers.count
      blocks.append(Block(end - start > 1 ? "\(start + 1)–\(end)" : "\(start + 1)", layers[start]))
      start = end
    }
    return blocks
  }
}
