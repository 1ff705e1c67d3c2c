/// The places of a figure's plots in columns and rows, with room for labels at their sides.
struct PanelGrid {
  /// Room around a plot.
  struct Insets {
    var left = 0.0
    var right = 6.0
    var top = 0.0
    var bottom = 0.0
  }

  static let gap = 8.0
  /// The distance of titles from the figure's edge.
  static let edge = 2.0

  let columns: Int
  let rows: Int
  let cellWidth: Double
  let plotWidth: Double
  let plotHeight: Double
  private let width: Double
  private let left: [Double]
  private let starts: [Double]

  /// - Parameter packs: Whether plots share the width that is left beside labels; otherwise panels with their labels do.
  init(_ figure: ResolvedFigure, width: Double, insets: [Insets], packs: Bool) {
    let columns = max(1, min(figure.perRow, figure.panels.count))
    let cellWidth = (width - Self.gap * Double(columns - 1)) / Double(columns)
    let left = (0..<columns).map { column in
      stride(from: column, to: insets.count, by: columns).reduce(0) { max($0, insets[$1].left) }
    }
    let right = insets.map(\.right).max() ?? 0
    let packed = (width - Self.gap * Double(columns - 1) - left.reduce(0, +)) / Double(columns) - right
    let plotWidth =
      packs
      ? max(20, packed) : (0..<columns).map { max(20, cellWidth - left[$0] - right) }.min() ?? cellWidth
    starts = (0..<columns).map { column in
      packs
        ? left[...column].reduce(0, +) + Double(column) * (plotWidth + right + Self.gap)
        : Double(column) * (cellWidth + Self.gap) + left[column]
    }
    let height = figure.panelHeight ?? (plotWidth * 0.78)
    plotHeight = height.isFinite ? max(1, height) : 1
    rows = (figure.panels.count + columns - 1) / columns
    self.columns = columns
    self.cellWidth = cellWidth
    self.plotWidth = plotWidth
    self.width = width
    self.left = left
  }

  /// Left edge of a panel's plot.
  func start(_ panel: Int) -> Double { starts[panel % columns] }

  /// Room left of a panel's plot.
  func leftInset(_ panel: Int) -> Double { left[panel % columns] }

  /// The horizontal range of the titles over and under a panel's plot: half-way to the plots beside it.
  func cell(_ panel: Int) -> ClosedRange<Double> {
    let column = panel % columns
    func middle(_ column: Int) -> Double { (starts[column] + plotWidth + starts[column + 1]) / 2 }
    let from = column == 0 ? Self.edge : middle(column - 1) + 1
    return from...max(from, column == columns - 1 ? width - Self.edge : middle(column) - 1)
  }

  func panels(_ row: Int, of count: Int) -> Range<Int> { row * columns..<min((row + 1) * columns, count) }
}
