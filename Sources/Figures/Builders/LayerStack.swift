/// The layers of a network from the bottom to the top: a bar for each part, as long as its vectors are wide.
package enum LayerStack {
  /// The colour of a part; its label says the same in words.
  package enum Kind: Sendable, Hashable, CaseIterable {
    /// An embedding, a projection, or what stands above the layers.
    case ends
    /// Attention.
    case attention
    /// Mixing by a fixed transform.
    case transform
    /// Convolution.
    case convolution
    /// A feed-forward layer.
    case feedForward

    fileprivate var color: Paint.Role {
      switch self {
      case .ends: .muted
      case .attention: .category(0)
      case .transform: .category(2)
      case .convolution: .category(4)
      case .feedForward: .category(1)
      }
    }
  }

  /// A part of a layer.
  package struct Bar: Sendable, Hashable {
    /// What it does; set bold. Plain text, as the detail is.
    package var label: String
    /// More about it, set after the label; may be empty.
    package var detail: String
    /// The width of its vectors.
    package var width: Int
    package var kind: Kind

    package init(_ label: String, detail: String = "", width: Int, kind: Kind) {
      self.label = label
      self.detail = detail
      self.width = width
      self.kind = kind
    }
  }

  /// A layer, or several that are alike.
  package struct Block: Sendable, Hashable {
    /// Its name at the left, such as 3 or 4–7; may be empty.
    package var label: String
    /// The parts, from the bottom to the top.
    package var bars: [Bar]

    package init(_ label: String, _ bars: [Bar]) {
      self.label = label
      self.bars = bars
    }
  }

  private static let rowHeight = 15.0
  private static let gap = 9.0
  private static let margin = 8.0
  private static let greatestHeight = 9000.0

  /// The figure. A stack that would be higher than 9,000 points is set smaller.
  ///
  /// - Parameters:
  ///   - blocks: The layers, from the bottom to the top. A width below 1 counts as 1.
  ///   - headline: What is drawn; plain text, as `lead`, which stands under it.
  ///   - width: Width in points.
  ///   - measure: Measures the texts.
  package static func figure(
    _ blocks: [Block], headline: String, lead: String, width: Double, measure: any TextMeasure
  ) -> ResolvedFigure {
    let bars = blocks.flatMap(\.bars)
    let natural = Double(bars.count) * rowHeight + Double(max(0, blocks.count - 1)) * gap
    let scale = min(1, greatestHeight / max(1, natural))
    let inner = max(120, width - 10)
    let height = natural * scale + 2 * margin
    let drawing = Drawing(blocks, width: inner, scale: scale, measure: measure)
    return ResolvedFigure(
      title: headline, headline: FigureText.plain(headline), lead: FigureText.plain(lead),
      description: description(blocks, headline, lead),
      panels: [
        Panel(
          title: "", x: .hidden(Scale(.linear, from: 0, to: inner)),
          y: .hidden(Scale(.linear, from: 0, to: height, isReversed: true)), marks: drawing.marks)
      ], width: width, panelHeight: height,
      data: FigureData(
        columns: ["layer", "part", "detail", "width"],
        rows: blocks.flatMap { block in
          block.bars.map { [.text(block.label), .text($0.label), .text($0.detail), .number(Double($0.width))] }
        }))
  }

  private static func description(_ blocks: [Block], _ headline: String, _ lead: String) -> String {
    let shown = blocks.prefix(60).map { block in
      let bars = block.bars.map { bar in
        "\(bar.label)\(bar.detail.isEmpty ? "" : ", \(bar.detail)"), \(Wording.count(bar.width, "unit")) wide"
      }
      return (block.label.isEmpty ? "" : "layer \(block.label): ") + bars.joined(separator: "; ")
    }
    let rest = blocks.count - shown.count
    return "\(headline), from the bottom to the top\(lead.isEmpty ? "" : " (\(lead))"). "
      + shown.joined(separator: ". ") + (rest > 0 ? "; and \(rest) more." : ".")
  }

  /// The marks, in points from the top left.
  private struct Drawing {
    private(set) var marks: [Mark] = []

    init(_ blocks: [Block], width whole: Double, scale: Double, measure: any TextMeasure) {
      let width = whole - LayerStack.margin
      let fitting = TextFitting(measure: measure)
      let (size, small) = (7.5 * scale, 7 * scale)
      let most = Double(max(1, blocks.flatMap(\.bars).map(\.width).max() ?? 1))
      func widest(_ texts: [String], _ size: Double, isBold: Bool = false) -> Double {
        texts.map { fitting.width(FigureText.plain($0), size: size, isBold: isBold) }.max() ?? 0
      }
      let left = LayerStack.margin + min(width * 0.2, widest(blocks.map(\.label), size, isBold: true) + 8)
      let numbers = widest(blocks.flatMap(\.bars).map { NumberText.grouped($0.width) }, small)
      let texts = min(
        width * 0.5,
        blocks.flatMap(\.bars).map { bar in
          widest([bar.label], size, isBold: true) + widest([bar.detail], small) + 6
        }.max() ?? 0)
      // Names at the left, bars about their middle, widths after them, words at the right.
      let room = max(20, width - left - texts - numbers - 16)
      let middle = left + room / 2
      let (numberEnd, textStart) = (left + room + 6 + numbers, left + room + numbers + 14)
      var y = LayerStack.margin
      for (index, block) in blocks.reversed().enumerated() {
        if index > 0 { y += LayerStack.gap * scale }
        let top = y
        for bar in block.bars.reversed() {
          let center = y + LayerStack.rowHeight * scale / 2
          let half = room / 2 * Double(max(1, bar.width)) / most
          let (upper, lower) = (
            Point(middle - half, y + 1.2 * scale), Point(middle + half, y + (LayerStack.rowHeight - 1.2) * scale)
          )
          marks.append(
            .area(
              upper, lower, fill: Paint(bar.kind.color, opacity: 0.22),
              stroke: Stroke(Paint(bar.kind.color), width: 0.9 * scale)))
          func text(
            _ text: String, _ x: Double, _ size: Double, _ alignment: TextMark.Alignment, isBold: Bool = false,
            paint: Paint = Paint(.ink)
          ) {
            guard !text.isEmpty else { return }
            marks.append(
              .text(text, Point(x, center), size: size, isBold: isBold, alignment: alignment, paint: paint))
          }
          text(NumberText.grouped(bar.width), numberEnd, small, .end, paint: Paint(.muted))
          let label = fitting.shortened(
            FigureText.plain(bar.label), room: width - textStart, size: size, isBold: true)
          text(label, textStart, size, .start, isBold: true)
          let start = textStart + fitting.width(label, size: size, isBold: true) + 4 * scale
          if width - start > 12 {
            text(
              fitting.shortened(FigureText.plain(bar.detail), room: width - start, size: small), start, small, .start)
          }
          y += LayerStack.rowHeight * scale
        }
        guard !block.label.isEmpty, !block.bars.isEmpty else { continue }
        marks.append(
          .text(
            fitting.shortened(FigureText.plain(block.label), room: left - LayerStack.margin, size: size, isBold: true),
            Point(left - 8 * scale, (top + y) / 2), size: size, isBold: true, alignment: .end, paint: Paint(.ink)))
        marks.append(
          .line(
            [Point(left - 4 * scale, top + 1.2 * scale), Point(left - 4 * scale, y - 1.2 * scale)],
            Stroke(Paint(.muted), width: 0.7 * scale)))
      }
    }
  }
}
