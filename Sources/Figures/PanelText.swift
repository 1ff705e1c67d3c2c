/// The texts of a panel as they are drawn: in the room there is.
struct PanelText {
  /// The title over the plot, bold.
  var title = (text: "", size: PanelText.titleSize)
  /// The line under it.
  var subtitle = (text: "", size: FigureLayout.textSize)
  /// The label of the horizontal axis on its lines, with the power of ten of its ticks.
  var xLabel: [String] = []
  /// The label of the vertical axis on its lines.
  var yLabel: [String] = []
  /// How far the label of the vertical axis may reach over the plot's top and under its bottom.
  var yReach = (above: 0.0, below: 0.0)
  /// Names on the horizontal axis.
  var xNames: [String] = []
  /// Names on the vertical axis.
  var yNames: [String] = []
  /// Whether the names on the horizontal axis are turned by 45°.
  var isTurned = false

  static let titleSize = 8.0
  /// Distance between lines of an axis' label.
  static let lineHeight = 9.0
  /// The longest name at a horizontal axis.
  static let greatestName = 150.0
  /// The share of a panel's width that names at a vertical axis may take.
  static let greatestNames = 0.55
  /// Sine and cosine of the angle of turned names.
  static let slant = 0.72

  /// Whether names at a horizontal axis do not fit side by side into slots of a width.
  static func turns(_ names: [String], slot: Double, _ fitting: TextFitting) -> Bool {
    let widest = names.map { fitting.width($0) }.max() ?? 0
    return names.count > 3 && widest > 34 || names.count > 1 && widest > slot
  }
}
