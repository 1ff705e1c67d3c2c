/// A symmetric matrix of coefficients in −1 … 1, rows and columns in the order of a clustering: each pair once.
package enum HeatMap {
  /// A row and column.
  package struct Label: Sendable {
    /// The name for people, in the markup of figures.
    package var title: String
    /// The name of the metric or baseline in results.
    package var member: String?

    package init(_ title: String, member: String? = nil) {
      self.title = title
      self.member = member
    }
  }

  /// The magnitude from which on a cell has its number, and clusters an outline.
  private static let strong = 0.5

  /// The figure: the triangle under the diagonal. Clustering joins by average distance 1 − |r|, an undefined coefficient
  /// counting as distance 1; metrics joined below a distance of .5 are outlined.
  ///
  /// - Parameter count: The rows that coefficients are computed from, in words; empty for none.
  package static func figure(
    labels: [Label], values: [[Double?]], title: String, symbol: String, count: String, width: Double
  ) -> ResolvedFigure {
    let (order, blocks) = clusters(values)
    let size = max(0, order.count - 1)
    var marks: [Mark] = []
    for row in 1..<max(1, order.count) {
      for column in 0..<row {
        let value = values[order[row]][order[column]]
        let (x, y) = (Double(column), Double(row - 1))
        marks.append(
          .area(
            Point(x, y), Point(x + 1, y + 1), fill: value.map { Paint(.diverging($0)) } ?? Paint(.grid),
            stroke: Stroke(Paint(.background), width: 0.4)))
        let place = Point(x + 0.5, y + 0.5)
        let text = value.map { abs($0) < strong ? "" : NumberText.fixed($0, decimals: 2, leadingZero: false) } ?? "–"
        if !text.isEmpty {
          marks.append(
            .text(
              text, place, size: size > 14 ? 4.8 : 6, isBold: false, alignment: .middle,
              paint: value.map { Paint(.onDiverging($0)) } ?? Paint(.muted)))
        }
        let names = [labels[order[row]], labels[order[column]]].map(\.title.plainMarkup).joined(separator: " and ")
        marks.append(.tooltip(place, "\(names): \(value.map { Wording.coefficient($0) } ?? "undefined")"))
      }
    }
    marks += blocks.filter { $0.count > 1 }.map {
      .polygon(outline($0), fill: nil, stroke: Stroke(Paint(.ink), width: 1))
    }
    let names = order.map { labels[$0] }
    return ResolvedFigure(
      title: title,
      description: description(labels.map(\.title), values, symbol, blocks.map { $0.map { order[$0] } }, count),
      panels: [
        Panel(
          title: "", x: .categories(label: count, names.dropLast().map(\.title)),
          y: .categories(label: "", names.dropFirst().map(\.title)), marks: marks,
          rowMembers: names.dropFirst().map(\.member))
      ], width: width, panelHeight: min(Double(max(1, size)) * 19, width * 0.72),
      legend: [-1, -0.5, 0, 0.5, 1].map { value in
        LegendEntry(
          label: (value == -1 ? "\(symbol) " : "")
            + (value == 0 ? "0" : NumberText.fixed(value, decimals: abs(value) == 1 ? 0 : 1, leadingZero: false)),
          shape: .square, paint: Paint(.diverging(value)))
      },
      data: FigureData(
        columns: ["metric"] + names.map(\.title),
        rows: order.map { first in
          [.text(labels[first].title)] + order.map { second in values[first][second].map { .number($0) } ?? .none }
        }))
  }

  /// The edge of the cells of a block of the order, which is a stair.
  private static func outline(_ block: Range<Int>) -> [Point] {
    let (first, last) = (Double(block.lowerBound), Double(block.upperBound - 1))
    var points = [Point(first, first), Point(first, last), Point(last, last)]
    for step in block.dropFirst().dropLast().reversed() {
      points += [Point(Double(step) + 1, Double(step)), Point(Double(step), Double(step))]
    }
    return points + [Point(first + 1, first)]
  }

  private static func description(
    _ labels: [String], _ values: [[Double?]], _ symbol: String, _ blocks: [[Int]], _ count: String
  ) -> String {
    var pairs: [(value: Double, names: String)] = []
    for row in labels.indices {
      for column in 0..<row {
        if let value = values[row][column] { pairs.append((value, "\(labels[column]) and \(labels[row])")) }
      }
    }
    var head =
      "Heat map of \(symbol.plainMarkup) between \(Wording.count(labels.count, "metric"))"
      + "\(count.isEmpty ? "" : ", \(count.plainMarkup)"), clustered by average distance."
    let joined = blocks.filter { $0.count > 1 }.map { $0.map { labels[$0] }.joined(separator: ", ") }
    if !joined.isEmpty { head += " Outlined, for agreeing most: \(joined.joined(separator: "; "))." }
    guard let high = pairs.max(by: { $0.value < $1.value }), let low = pairs.min(by: { $0.value < $1.value }) else {
      return head.plainMarkup
    }
    return
      (head
      + " Largest: \(high.names), \(Wording.coefficient(high.value)). Smallest: \(low.names), \(Wording.coefficient(low.value)).")
      .plainMarkup
  }

  /// Leaves of the average-linkage tree from left to right, and the clusters joined below a distance of .5 as places in that
  /// order; ties go to the pair found first.
  static func clusters(_ values: [[Double?]]) -> (order: [Int], blocks: [Range<Int>]) {
    var clusters = values.indices.map { [$0] }
    var near: Set<[Int]> = Set(clusters)
    func distance(_ one: [Int], _ other: [Int]) -> Double {
      var sum = 0.0
      for left in one { for right in other { sum += 1 - abs(values[left][right] ?? 0) } }
      return sum / Double(one.count * other.count)
    }
    while clusters.count > 1 {
      var best = (distance: Double.infinity, left: 0, right: 1)
      for left in clusters.indices {
        for right in clusters.indices.dropFirst(left + 1) {
          let separation = distance(clusters[left], clusters[right])
          if separation < best.distance { best = (separation, left, right) }
        }
      }
      let joined = clusters[best.left] + clusters[best.right]
      if best.distance < strong {
        near.subtract([clusters[best.left], clusters[best.right]])
        near.insert(joined)
      }
      clusters[best.left] = joined
      clusters.remove(at: best.right)
    }
    let order = clusters.first ?? []
    let starts = near.compactMap { block in order.firstIndex(of: block[0]).map { $0..<$0 + block.count } }
    return (order, starts.sorted { $0.lowerBound < $1.lowerBound })
  }
}
