extension FigureLayout {
  /// The grid with the room that labels take, and every panel's texts in the room they get. Names at vertical axes come
  /// first, for they make the plots narrower; a vertical axis' label gets further lines where it is longer than its plot.
  func arranged(_ figure: ResolvedFigure, width: Double) -> (
    grid: PanelGrid, insets: [PanelGrid.Insets], texts: [PanelText]
  ) {
    let columns = max(1, min(figure.perRow, figure.panels.count))
    let cell = (width - PanelGrid.gap * Double(columns - 1)) / Double(columns)
    var texts = figure.panels.map { panel in
      var text = PanelText()
      if case .categories(_, let names) = panel.y {
        text.yNames = names.map { fitting.shortened($0, room: max(20, cell * PanelText.greatestNames)) }
      }
      if case .categories(_, let names) = panel.x {
        text.xNames = names.map { fitting.shortened($0, room: PanelText.greatestName) }
      }
      return text
    }
    var insets = zip(figure.panels, texts).map { panel, text in
      PanelGrid.Insets(
        left: leftInset(panel, text, ticks: figure.panelHeight.map { [Self.rowTicks($0)] } ?? [3, 5, 7, 9]))
    }
    let narrow = insets.map(\.left)
    var grid = PanelGrid(figure, width: width, insets: insets, packs: figure.packsColumns)
    for lines in 1...3 {
      for index in texts.indices {
        let label = verticalLabel(figure.panels[index])
        let turned = turnedRoom(texts[index].xNames, grid)
        insets[index].left = max(
          narrow[index] + (label.isEmpty ? 0 : PanelText.lineHeight * Double(lines - 1)),
          index % columns == 0 ? turned : 0)
      }
      grid = PanelGrid(figure, width: width, insets: insets, packs: figure.packsColumns || lines > 1)
      for index in texts.indices {
        setHorizontal(&texts[index], figure.panels[index], grid, index)
        insets[index].bottom = bottomInset(figure.panels[index], texts[index])
        insets[index].top = texts[index].headHeight
      }
      if setVertical(&texts, figure, grid, insets, lines: lines) { break }
    }
    return (grid, insets, texts)
  }

  private func leftInset(_ panel: Panel, _ text: PanelText, ticks counts: [Int]) -> Double {
    var left = 4.0
    switch panel.y {
    case .numeric(_, let scale):
      left +=
        (counts.flatMap { scale.ticks($0).ticks.map { fitting.width($0.label) } }.max() ?? 0) + 5
        + (verticalLabel(panel).isEmpty ? 0 : 11)
    case .categories(let label, _):
      left += (text.yNames.map { fitting.width($0) }.max() ?? 0) + 5 + (label.isEmpty ? 0 : 11)
    case .hidden: break
    }
    return left
  }

  /// The room left of a plot that its turned names need.
  private func turnedRoom(_ names: [String], _ grid: PanelGrid) -> Double {
    let slot = grid.plotWidth / Double(max(1, names.count))
    guard PanelText.turn(names, slot: slot, fitting) == 45 else { return 0 }
    let reach = names.enumerated().map { index, name in
      fitting.width(name) * PanelText.slant - (Double(index) + 0.5) * slot
    }
    return min(reach.max() ?? 0, grid.cellWidth * 0.4)
  }

  private func setHorizontal(_ text: inout PanelText, _ panel: Panel, _ grid: PanelGrid, _ index: Int) {
    let width = grid.plotWidth
    if case .categories(_, let names) = panel.x {
      let slot = width / Double(max(1, names.count))
      text.turn = PanelText.turn(text.xNames, slot: slot, fitting)
      if text.turn == 45 {
        // Names of a further column may run under the plot before it: turned names do not cross.
        let room = grid.leftInset(index) + (index % grid.columns == 0 ? 0 : grid.plotWidth / 2)
        text.xNames = names.enumerated().map { place, name in
          let reach = (room + (Double(place) + 0.5) * slot) / PanelText.slant
          return fitting.shortened(name, room: max(20, min(PanelText.greatestName, reach)))
        }
      } else if text.turn == 90 {
        // Upright names that are still too near each other: every second, third, …
        let step = max(1, Int((PanelText.lineHeight / max(slot, 1e-3)).rounded(.up)))
        text.xNames = text.xNames.enumerated().map { $0.offset.isMultiple(of: step) ? $0.element : "" }
      }
    }
    let cell = grid.cell(index).upperBound - grid.cell(index).lowerBound
    text.title = fitting.wrapped(panel.title, room: cell, lines: 2, size: PanelText.titleSize, isBold: true)
    text.subtitle = fitting.wrapped(panel.subtitle, room: cell, lines: 2)
    text.xLabel = horizontalLabel(panel, room: cell, width)
  }

  /// The label of a vertical axis with the power of ten of its ticks.
  private func verticalLabel(_ panel: Panel) -> String {
    guard case .numeric(let label, let scale) = panel.y else { return panel.y.label }
    let exponent = scale.ticks(5).exponent
    guard exponent != 0 else { return label }
    let power = "×10^{\(exponent < 0 ? "−" : "")\(abs(exponent))}"
    return label.isEmpty ? power : "\(label) (\(power))"
  }

  /// The label with the power of ten of the ticks, which is never left out.
  private func horizontalLabel(_ panel: Panel, room: Double, _ plotWidth: Double) -> [String] {
    var label = panel.x.label
    var power = ""
    if case .numeric(_, let scale) = panel.x {
      let exponent = scale.ticks(PanelDrawing.columnTicks(plotWidth)).exponent
      if exponent != 0 { power = "(×10^{\(exponent < 0 ? "−" : "")\(abs(exponent))})" }
    }
    let whole = label.isEmpty || power.isEmpty ? label + power : "\(label) \(power)"
    guard !whole.isEmpty else { return [] }
    let lines = fitting.wrapped(whole, room: room, lines: 3)
    guard lines.isShortened, !power.isEmpty else { return lines.lines }
    label = power
    return fitting.wrapped(panel.x.label, room: room, lines: 2).lines + [label]
  }

  private func bottomInset(_ panel: Panel, _ text: PanelText) -> Double {
    let further = PanelText.lineHeight * Double(max(0, text.xLabel.count - 1))
    switch panel.x {
    case .numeric(let label, let scale):
      return 4 + 12 + (label.isEmpty && scale.ticks(4).exponent == 0 && text.xLabel.isEmpty ? 0 : 11) + further
    case .categories(let label, _):
      let widest = text.xNames.map { fitting.width($0) }.max() ?? 0
      let names = text.turn == 45 ? widest * PanelText.slant + 8 : text.turn == 90 ? widest + 4 : 12
      return 4 + names + (label.isEmpty ? 0 : 11) + further
    case .hidden: return 4
    }
  }

  /// Breaks the labels of vertical axes into so many lines; whether all of them fit.
  private func setVertical(
    _ texts: inout [PanelText], _ figure: ResolvedFigure, _ grid: PanelGrid, _ insets: [PanelGrid.Insets], lines: Int
  ) -> Bool {
    var fits = true
    for row in 0..<grid.rows {
      let range = grid.panels(row, of: texts.count)
      let head = range.reduce(0) { max($0, insets[$1].top) }
      let foot = range.reduce(0) { max($0, insets[$1].bottom) }
      for index in range {
        let label = verticalLabel(figure.panels[index])
        guard !label.isEmpty else { continue }
        let titles =
          texts[index].title.lines.map { fitting.width($0, size: PanelText.titleSize, isBold: true) }
          + texts[index].subtitle.lines.map { fitting.width($0) }
        // Beside a title wider than its plot, the label keeps below it.
        let isBelow = titles.contains { $0 > grid.plotWidth }
        texts[index].yReach = (isBelow ? min(3, head) : min(head, foot) - 1, isBelow ? foot - 2 : min(head, foot) - 1)
        let room = grid.plotHeight + texts[index].yReach.above + texts[index].yReach.below
        let set = fitting.wrapped(label, room: room, lines: lines)
        texts[index].yLabel = set.lines
        fits = fits && !set.isShortened
      }
    }
    return fits
  }

  /// The texts in full that panels show shortened.
  func shortened(_ figure: ResolvedFigure, _ texts: [PanelText]) -> [String] {
    zip(figure.panels, texts).flatMap { panel, text -> [String] in
      let heads = [(panel.title, text.title), (panel.subtitle, text.subtitle)].filter(\.1.isShortened).map(\.0)
      var pairs: [(String, String)] = []
      if case .categories(_, let names) = panel.x { pairs += zip(names, text.xNames).filter { !$1.isEmpty } }
      if case .categories(_, let names) = panel.y { pairs += zip(names, text.yNames) }
      let lines = [(panel.x.label, text.xLabel), (panel.y.label, text.yLabel)].filter { label, lines in
        lines.contains { $0.hasSuffix("…") } && !label.hasSuffix("…")
      }
      return heads + pairs.filter { $0.0 != $0.1 }.map(\.0) + lines.map(\.0)
    }
  }
}

/// The texts of a panel as they are drawn: in the room there is.
struct PanelText {
  /// The title over the plot, bold.
  var title = TextFitting.Lines(lines: [], isShortened: false)
  /// What stands under the title.
  var subtitle = TextFitting.Lines(lines: [], isShortened: false)
  /// The label of the horizontal axis on its lines, with the power of ten of its ticks.
  var xLabel: [String] = []
  /// The label of the vertical axis on its lines.
  var yLabel: [String] = []
  /// The lengths by which the label of the vertical axis may reach over the plot's top and under its bottom.
  var yReach = (above: 0.0, below: 0.0)
  /// Names on the horizontal axis.
  var xNames: [String] = []
  /// Names on the vertical axis.
  var yNames: [String] = []
  /// The angle of the names on the horizontal axis: 0, 45 or 90 degrees.
  var turn = 0.0

  static let titleSize = 8.0
  /// Distance between lines of an axis' label.
  static let lineHeight = 9.0
  /// The longest name at a horizontal axis.
  static let greatestName = 150.0
  /// The share of a panel's width that names at a vertical axis may take.
  static let greatestNames = 0.55
  /// Sine and cosine of the angle of turned names.
  static let slant = 0.72

  /// Distance between the lines of a title, and between those under it.
  static let titleHeight = 11.0
  static let subtitleHeight = 10.0

  /// The height of the titles over a plot, with a gap.
  var headHeight: Double {
    3 + Self.titleHeight * Double(title.lines.count { !$0.isEmpty })
      + Self.subtitleHeight * Double(subtitle.lines.count { !$0.isEmpty })
  }

  /// The angle by which names at a horizontal axis are turned to fit slots of a width, in degrees: none where they stand side
  /// by side, 45 where slanted lines keep apart, otherwise 90.
  static func turn(_ names: [String], slot: Double, _ fitting: TextFitting) -> Double {
    let widths = names.map { fitting.width($0) }
    let isTight = zip(widths, widths.dropFirst()).contains { ($0 + $1) / 2 > slot - 2 }
    let turns = names.count > 3 && (widths.max() ?? 0) > 34 || isTight
    return !turns ? 0 : slot * slant >= lineHeight ? 45 : 90
  }
}
