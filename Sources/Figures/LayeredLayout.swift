/// Places the nodes of a directed acyclic graph in rows, each below what it reads (Sugiyama, Tagawa & Toda 1981).
///
/// A node's row is the longest path to it. Edges from one node to several rows share a line that goes down beside the
/// nodes between. Rows are ordered by the barycentres of their neighbours, and the order with the fewest crossings is
/// kept; places in a row are the least squares from the neighbours' means that leave the gaps.
struct LayeredLayout {
  /// A node, or a place where a line passes a row.
  struct Item: Hashable {
    /// The node it is, or whose line it is.
    var node: Int
    var row: Int
    var isLine: Bool
  }

  /// Horizontal gap between boxes.
  static let gap = 12.0
  private static let lineWidth = 2.0

  let items: [Item]
  /// Items of each row from the left.
  private(set) var rows: [[Int]]
  /// Centre of each item; the leftmost edge of all is 0.
  private(set) var centers: [Double] = []
  /// Width of all together.
  private(set) var width = 0.0
  /// For each edge the items it runs through, from its source to its target; empty for edges that do not go down.
  let paths: [[Int]]
  private let widths: [Double]
  private let above: [[Int]]
  private let below: [[Int]]

  /// - Parameters:
  ///   - widths: The width of each node's box.
  ///   - edges: Pairs of nodes; those out of range count for nothing.
  init(widths nodeWidths: [Double], edges: [(from: Int, to: Int)]) {
    let count = nodeWidths.count
    let valid = edges.map { (0..<count).contains($0.from) && (0..<count).contains($0.to) && $0.from != $0.to }
    let row = Self.rows(count, zip(edges, valid).compactMap { $1 ? $0 : nil })
    var items = (0..<count).map { Item(node: $0, row: row[$0], isLine: false) }
    var lines: [Item: Int] = [:]
    var paths: [[Int]] = []
    var pairs: Set<[Int]> = []
    for (edge, isValid) in zip(edges, valid) {
      guard isValid, row[edge.from] < row[edge.to] else {
        paths.append([])
        continue
      }
      var path = [edge.from]
      for between in (row[edge.from] + 1)..<row[edge.to] {
        let line = Item(node: edge.from, row: between, isLine: true)
        if lines[line] == nil {
          lines[line] = items.count
          items.append(line)
        }
        path.append(lines[line] ?? edge.from)
      }
      path.append(edge.to)
      for (upper, lower) in zip(path, path.dropFirst()) { pairs.insert([upper, lower]) }
      paths.append(path)
    }
    var above = [[Int]](repeating: [], count: items.count)
    var below = above
    for pair in pairs.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      below[pair[0]].append(pair[1])
      above[pair[1]].append(pair[0])
    }
    var rows = [[Int]](repeating: [], count: (row.max() ?? -1) + 1)
    for index in items.indices { rows[items[index].row].append(index) }
    self.items = items
    self.rows = rows
    self.paths = paths
    self.above = above
    self.below = below
    widths = items.map { $0.isLine ? Self.lineWidth : nodeWidths[$0.node] }
    order()
    place()
  }

  /// The longest path to each node; nodes on a cycle are placed as far as the others allow.
  private static func rows(_ count: Int, _ edges: [(from: Int, to: Int)]) -> [Int] {
    var row = [Int](repeating: 0, count: count)
    var missing = row
    var readers = [[Int]](repeating: [], count: count)
    for edge in edges {
      missing[edge.to] += 1
      readers[edge.from].append(edge.to)
    }
    var ready = (0..<count).filter { missing[$0] == 0 }
    while let node = ready.popLast() {
      for reader in readers[node] {
        row[reader] = max(row[reader], row[node] + 1)
        missing[reader] -= 1
        if missing[reader] == 0 { ready.append(reader) }
      }
    }
    return row
  }

  private mutating func order() {
    guard rows.count > 1 else { return }
    var (best, fewest) = (rows, crossings())
    for sweep in 0..<16 where fewest > 0 {
      let goesDown = sweep % 2 == 0
      for row in goesDown ? Array(1..<rows.count) : Array((0..<rows.count - 1).reversed()) {
        var position = [Int: Double]()
        for (place, item) in rows[goesDown ? row - 1 : row + 1].enumerated() { position[item] = Double(place) }
        let keys = rows[row].enumerated().map { place, item -> (key: Double, place: Int, item: Int) in
          let neighbours = (goesDown ? above[item] : below[item]).compactMap { position[$0] }
          let mean = neighbours.isEmpty ? Double(place) : neighbours.reduce(0, +) / Double(neighbours.count)
          return (mean, place, item)
        }
        rows[row] = keys.sorted { $0.key == $1.key ? $0.place < $1.place : $0.key < $1.key }.map(\.item)
      }
      let count = crossings()
      if count < fewest { (best, fewest) = (rows, count) }
    }
    rows = best
  }

  /// Pairs of segments that cross; 1 when there are too many segments to count.
  private func crossings() -> Int {
    guard items.count <= 600 else { return 1 }
    var total = 0
    for row in rows.indices.dropLast() {
      var position: [Int: Int] = [:]
      for (place, item) in rows[row + 1].enumerated() { position[item] = place }
      let ends = rows[row].map { below[$0].compactMap { position[$0] }.sorted() }
      guard ends.reduce(0, { $0 + $1.count }) <= 400 else { return 1 }
      for (left, first) in ends.enumerated() {
        for second in ends[(left + 1)...] {
          for end in first { total += second.count { $0 < end } }
        }
      }
    }
    return total
  }

  private mutating func place() {
    centers = [Double](repeating: 0, count: items.count)
    for row in rows {
      var left = 0.0
      for item in row {
        centers[item] = left + widths[item] / 2
        left += widths[item] + Self.gap
      }
    }
    for sweep in 0..<24 {
      let goesDown = sweep % 2 == 0
      for row in goesDown ? Array(rows.indices) : rows.indices.reversed() {
        let wanted = rows[row].map { item -> Double in
          let neighbours = goesDown ? above[item] : below[item]
          guard !neighbours.isEmpty else { return centers[item] }
          return neighbours.reduce(0) { $0 + centers[$1] } / Double(neighbours.count)
        }
        for (item, center) in zip(rows[row], spread(wanted, rows[row])) { centers[item] = center }
      }
    }
    let left = items.indices.map { centers[$0] - widths[$0] / 2 }.min() ?? 0
    for item in items.indices { centers[item] -= left }
    width = items.indices.map { centers[$0] + widths[$0] / 2 }.max() ?? 0
  }

  /// The places nearest to the wanted ones, in the least squares, that keep order and gaps: pooled adjacent violators.
  private func spread(_ wanted: [Double], _ row: [Int]) -> [Double] {
    var offset = 0.0
    var offsets: [Double] = []
    var pools: [(sum: Double, count: Int)] = []
    for (index, item) in row.enumerated() {
      if index > 0 { offset += (widths[row[index - 1]] + widths[item]) / 2 + Self.gap }
      offsets.append(offset)
      pools.append((wanted[index] - offset, 1))
      while pools.count > 1 {
        let (last, before) = (pools[pools.count - 1], pools[pools.count - 2])
        guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
        pools.removeLast(2)
        pools.append((before.sum + last.sum, before.count + last.count))
      }
    }
    let means = pools.flatMap { pool in Array(repeating: pool.sum / Double(pool.count), count: pool.count) }
    return zip(means, offsets).map { $0 + $1 }
  }
}
