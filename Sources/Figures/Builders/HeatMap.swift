/// A symmetric matrix of coefficients in −1 … 1, rows and columns in the order of a clustering.
package enum HeatMap {
  /// The figure. Clustering joins by average distance 1 − |r|; an undefined coefficient counts as distance 1.
  package static func figure(labels: [String], values: [[Double?]], title: String, symbol: String, width: Double)
    -> ResolvedFigure
  {
    let order = clusterOrder(values)
    let count = Double(labels.count)
    var marks: [Mark] = []
    for (row, first) in order.enumerated() {
      for (column, second) in order.enumerated() {
        let value = values[first][second]
        let (x, y) = (Double(column), Double(row))
        marks.append(
          .area(
            Point(x, y), Point(x + 1, y + 1), fill: value.map { Paint(.diverging($0)) } ?? Paint(.grid),
            stroke: Stroke(Paint(.background), width: 0.4)))
        let text = value.map { NumberText.fixed($0, decimals: 2, leadingZero: false) } ?? "–"
        marks.append(
          .text(
            text, Point(x + 0.5, y + 0.5), size: labels.count > 14 ? 4.8 : 6, isBold: false, alignment: .middle,
            paint: value.map { Paint(.onDiverging($0)) } ?? Paint(.muted)))
      }
    }
    let names = order.map { labels[$0] }
    return ResolvedFigure(
      title: title, description: description(labels, values, symbol),
      panels: [
        Panel(title: "", x: .categories(label: "", names), y: .categories(label: "", names), marks: marks)
      ], width: width, panelHeight: min(count * 19, width * 0.72),
      data: FigureData(
        columns: ["metric"] + names,
        rows: order.map { first in
          [.text(labels[first])] + order.map { second in values[first][second].map { .number($0) } ?? .none }
        }))
  }

  private static func description(_ labels: [String], _ values: [[Double?]], _ symbol: String) -> String {
    var pairs: [(value: Double, names: String)] = []
    for row in labels.indices {
      for column in 0..<row {
        if let value = values[row][column] { pairs.append((value, "\(labels[column]) and \(labels[row])")) }
      }
    }
    let head =
      "Heat map of \(symbol.plainMarkup) between \(Wording.count(labels.count, "metric")), clustered by average distance."
    guard let high = pairs.max(by: { $0.value < $1.value }), let low = pairs.min(by: { $0.value < $1.value }) else {
      return head
    }
    return head
      + " Largest: \(high.names), \(Wording.coefficient(high.value)). Smallest: \(low.names), \(Wording.coefficient(low.value))."
  }

  /// Leaves of the average-linkage tree from left to right; ties go to the pair found first.
  static func clusterOrder(_ values: [[Double?]]) -> [Int] {
    var clusters = values.indices.map { [$0] }
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
      clusters[best.left] += clusters[best.right]
      clusters.remove(at: best.right)
    }
    return clusters.first ?? []
  }
}
