extension ReportTable {
  /// The most names that the note on rows left out gives.
  private static let named = 8

  /// The table without the rows that say nothing: where no number of a row has a value, all for one reason. Data files keep
  /// them, and a note says how many there are and why. A table of nothing else stays as it is. O(cells).
  package var leavingOutUndefinedRows: ReportTable {
    var reasons: [(reason: String, rows: [Int])] = []
    for (index, row) in rows.enumerated() {
      guard let reason = reasonForNothing(row) else { continue }
      if let place = reasons.firstIndex(where: { $0.reason == reason }) {
        reasons[place].rows.append(index)
      } else {
        reasons.append((reason, [index]))
      }
    }
    let found = Set(reasons.flatMap(\.rows))
    guard !found.isEmpty, found.count < rows.count else { return self }
    var table = self
    table.undefinedRows = found
    table.notes += reasons.map { reason, places -> MarkdownText in
      var names: [String] = []
      for name in places.compactMap({ rows[$0].first?.text }) where !names.contains(name) { names.append(name) }
      let more = names.count > Self.named ? ", and \(names.count - Self.named) more" : ""
      let (count, verb) = (places.count, places.count == 1 ? "row is" : "rows are")
      return
        "\(count) \(verb) left out, having no value: \(reason) (\(names.prefix(Self.named).joined(separator: ", "))\(more)). The data files have \(count == 1 ? "it" : "them")."
    }
    return table
  }

  /// The rows that pages and texts show; data files have them all.
  var shownRows: [[Cell]] {
    undefinedRows.isEmpty ? rows : rows.indices.filter { !undefinedRows.contains($0) }.map { rows[$0] }
  }

  /// The only reason for which the numbers of a row are undefined; nil where one has a value, or none says why.
  private func reasonForNothing(_ row: [Cell]) -> String? {
    let numbers = zip(row, columns).filter { $1.isNumeric }.map(\.0)
    guard !numbers.isEmpty, numbers.allSatisfy({ $0.value == .null }) else { return nil }
    let reasons = Set(
      numbers.compactMap { cell -> String? in if case .value(let reason) = cell.missing { reason } else { nil } })
    return reasons.count == 1 ? reasons.first : nil
  }
}
