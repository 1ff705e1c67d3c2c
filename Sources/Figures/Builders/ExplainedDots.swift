/// Shares of variance that features explain, alone and given strata, each beside what is explained by chance.
package enum ExplainedDots {
  package struct Share: Sendable {
    /// The share of the variance, 0 … 1.
    package var value: Double
    /// The mean share under permutation, 0 … 1.
    package var chance: Double
    /// The 95 % quantile of the share under permutation, 0 … 1.
    package var chanceUpper: Double
    /// The p-value, adjusted for the rows tested together; nil when nothing was tested.
    package var pValue: Double?
    /// True when the p-value is at its floor, and at most that number.
    package var isFloor: Bool

    package init(value: Double, chance: Double, chanceUpper: Double, pValue: Double?, isFloor: Bool = false) {
      self.value = value
      self.chance = chance
      self.chanceUpper = chanceUpper
      self.pValue = pValue
      self.isFloor = isFloor
    }
  }

  package struct Row: Sendable {
    /// The feature or the group, in the markup of figures.
    package var label: String
    /// Whether it is several features together; groups stand behind all features.
    package var isGroup: Bool
    /// The share in each panel, in their order; nil when it is undefined.
    package var shares: [Share?]

    package init(label: String, isGroup: Bool, shares: [Share?]) {
      self.label = label
      self.isGroup = isGroup
      self.shares = shares
    }
  }

  /// The figure: a panel for each title, rows in order, groups below a line. Shares whose adjusted p is below 0.05 are discs
  /// (squares for groups), others crosses.
  package static func figure(_ rows: [Row], panels titles: [String], title: String, width: Double) -> ResolvedFigure {
    let firstGroup = rows.firstIndex(where: \.isGroup)
    let panels = titles.enumerated().map { index, name -> Panel in
      let shares = rows.map { index < $0.shares.count ? $0.shares[index] : nil }
      let largest = shares.compactMap { $0.map { max($0.value, $0.chanceUpper) } }.max() ?? 1
      let scale = Scale(.linear, from: -max(largest * 2, 1e-8), to: max(largest * 104, 1e-6))
      var marks: [Mark] = []
      if let firstGroup, firstGroup > 0 {
        marks.append(.reference(x: nil, y: Double(firstGroup), Stroke(Paint(.muted), width: 0.5, dashes: [2, 2])))
      }
      for (row, share) in shares.enumerated() {
        guard let share else { continue }
        marks += self.marks(rows[row], share, top: Double(row))
      }
      return Panel(
        title: name, x: .numeric(label: "variance explained, %", scale),
        y: index == 0
          ? .categories(label: "", rows.map(\.label))
          : .hidden(Scale(.linear, from: 0, to: Double(max(1, rows.count)), isReversed: true)),
        marks: marks)
    }
    return ResolvedFigure(
      title: title, description: description(rows, titles), panels: panels, perRow: max(1, titles.count), width: width,
      panelHeight: 12.5 * Double(max(1, rows.count)), packsColumns: true, legend: legend(rows), data: data(rows, titles)
    )
  }

  private static func marks(_ row: Row, _ share: Share, top: Double) -> [Mark] {
    let band = Paint(.category(5), opacity: 0.45)
    let place = Point(share.value * 100, top + 0.5)
    let (shape, paint) = style(row, share)
    return [
      .area(Point(0, top + 0.18), Point(share.chanceUpper * 100, top + 0.82), fill: band, stroke: nil),
      .line(
        [Point(share.chance * 100, top + 0.18), Point(share.chance * 100, top + 0.82)],
        Stroke(Paint(.muted), width: 0.7)),
      .points([place], shape: shape, size: 4.8, paint: paint, isRasterized: false),
      .tooltip(place, "\(row.label): \(text(share))"),
    ]
  }

  private static func style(_ row: Row, _ share: Share) -> (PointMarks.Shape, Paint) {
    guard let p = share.pValue, p < 0.05 else { return (.cross, Paint(.ink)) }
    return row.isGroup ? (.square, SeriesStyle.paint(1)) : (.circle, SeriesStyle.paint(0))
  }

  private static func text(_ share: Share) -> String {
    func percent(_ value: Double) -> String { NumberText.fixed(value * 100, decimals: 2) }
    return "\(percent(share.value)) %, by chance \(percent(share.chance)) %, up to \(percent(share.chanceUpper)) %"
      + (share.pValue.map {
        ", adjusted p \(share.isFloor ? "≤ " : "")\(NumberText.compact($0, digits: 2).plainMarkup)"
      } ?? "")
  }

  private static func legend(_ rows: [Row]) -> [LegendEntry] {
    let chance = Stroke(Paint(.category(5), opacity: 0.45), width: 6)
    var entries = [
      LegendEntry(label: "feature, adjusted p below .05", shape: .circle, paint: SeriesStyle.paint(0)),
      LegendEntry(label: "group, adjusted p below .05", shape: .square, paint: SeriesStyle.paint(1)),
      LegendEntry(label: "not below", shape: .cross, paint: Paint(.ink)),
      LegendEntry(label: "by chance: 95 % below, line at the mean", shape: nil, stroke: chance, paint: Paint(.ink)),
    ]
    if !rows.contains(where: \.isGroup) { entries.remove(at: 1) }
    if rows.allSatisfy(\.isGroup) { entries.remove(at: 0) }
    return entries
  }

  private static func description(_ rows: [Row], _ titles: [String]) -> String {
    let parts = titles.enumerated().map { index, title -> String in
      let shares = rows.map { row -> String in
        let share = index < row.shares.count ? row.shares[index] : nil
        return "\(row.label) \(share.map(text) ?? "undefined")"
      }
      return "\(title): \(shares.joined(separator: "; "))."
    }
    let groups = rows.count(where: \.isGroup)
    let counts = [(rows.count - groups, "feature"), (groups, "group")].filter { $0.0 > 0 }.map { Wording.count($0, $1) }
    return "Variance explained by \(counts.joined(separator: " and ")). " + parts.joined(separator: " ")
  }

  private static func data(_ rows: [Row], _ titles: [String]) -> FigureData {
    FigureData(
      columns: [
        "name", "group", "panel", "variance explained", "by chance", "by chance, 95 %", "adjusted p", "at most",
      ],
      rows: rows.flatMap { row in
        titles.enumerated().map { index, title in
          let share = index < row.shares.count ? row.shares[index] : nil
          let numbers = [share?.value, share?.chance, share?.chanceUpper, share?.pValue]
          return [.text(row.label), .text(row.isGroup ? "yes" : "no"), .text(title)]
            + numbers.map { $0.map { .number($0) } ?? .none }
            + [share?.pValue == nil ? .none : .text(share?.isFloor == true ? "yes" : "no")]
        }
      })
  }
}
