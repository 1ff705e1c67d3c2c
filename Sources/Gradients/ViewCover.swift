import Tensors

/// The elements of a variable that its views cover, to find those that two views have and those that none has.
struct ViewCover<Element: TensorElement> {
  private let whole: Tape<Element>.Entry
  /// By rows, counted in the variable, the columns of the views of these rows.
  private var views: [RowSequence: [Range<Int>]] = [:]

  /// Views of a variable, places of both in the variable's root.
  init(of whole: Tape<Element>.Entry, _ views: [Tape<Element>.Entry]) {
    self.whole = whole
    for view in views where view.value.count > 0 {
      let rows = RowSequence(
        first: (view.rows.first - whole.rows.first) / whole.rows.step, count: view.rows.count,
        step: max(1, view.rows.step / whole.rows.step))
      self.views[rows, default: []].append(view.columns)
    }
  }

  /// True when two views have an element in common.
  var hasOverlap: Bool {
    for columns in views.values where columns.count > 1 {
      let sorted = columns.sorted { $0.lowerBound < $1.lowerBound }
      for (left, right) in zip(sorted, sorted.dropFirst()) where left.upperBound > right.lowerBound { return true }
    }
    guard views.count > 1, hasSharedRow else { return false }
    return counts().contains { $0.contains { $0 > 1 } }
  }

  private var hasSharedRow: Bool {
    var isTaken = [Bool](repeating: false, count: whole.rows.count)
    for rows in views.keys {
      for row in rows.indices {
        if isTaken[row] { return true }
        isTaken[row] = true
      }
    }
    return false
  }

  /// The columns at which a view or the variable begins or ends, ascending.
  private var cuts: [Int] {
    Set(
      views.values.joined().flatMap { [$0.lowerBound, $0.upperBound] } + [
        whole.columns.lowerBound, whole.columns.upperBound,
      ]
    )
    .sorted()
  }

  /// For every stretch of columns between two cuts and every row, the number of views that cover it.
  private func counts() -> [[Int]] {
    let cuts = cuts
    var counts = [[Int]](repeating: [Int](repeating: 0, count: whole.rows.count), count: cuts.count - 1)
    for (rows, views) in views {
      for columns in views {
        for stretch in counts.indices where columns.lowerBound <= cuts[stretch] && cuts[stretch] < columns.upperBound {
          for row in rows.indices { counts[stretch][row] += 1 }
        }
      }
    }
    return counts
  }

  /// The parts of the variable that no view covers, as places in the root.
  func gaps() -> [(rows: RowSequence, columns: Range<Int>)] {
    let cuts = cuts
    var gaps: [(rows: RowSequence, columns: Range<Int>)] = []
    for (stretch, counts) in counts().enumerated() {
      var row = 0
      while row < counts.count {
        let end = counts[row...].firstIndex { $0 > 0 } ?? counts.count
        if end > row {
          let rows = whole.rows.selecting(RowSequence(row..<end))
          gaps.append((rows, cuts[stretch]..<cuts[stretch + 1]))
        }
        row = end + 1
      }
    }
    return gaps
  }
}
