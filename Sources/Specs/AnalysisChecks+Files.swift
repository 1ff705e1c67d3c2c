import Diagnostics
import Documents

/// Checks of what is said of files of the user's own.
extension AnalysisChecks {
  /// Holds the keys about a file against one another.
  mutating func checkReading(_ dataset: DatasetUse) {
    let reading = dataset.reading
    guard let file = dataset.file else {
      if let key = reading.given.first {
        report(
          "unfitting-key", dataset.name, "`\(key)` says how a file is read, and \(dataset.name.value) has no `file`",
          reason: "a dataset of the catalogue is read as the catalogue says",
          fix: "take `\(key)` out, or name a `file` in the place of `use`")
      }
      return
    }
    func unfitting(_ keys: [String], of kind: String, _ formats: [FileFormat]) {
      guard let format = reading.format, !formats.contains(format) else { return }
      for key in keys where reading.given.contains(key) {
        report(
          "unfitting-key", file, "`\(key)` says nothing of \(format.rawValue)", reason: "it is for \(kind)",
          fix: "take it out, or name another `format`")
      }
    }
    unfitting(["separator", "decimal", "comment", "header"], of: "text with cells", [.csv])
    unfitting(["keys", "levels"], of: "JSON", [.json, .jsonLines])
    unfitting(["table", "query"], of: "SQLite", [.sqlite])
    if reading.table != nil, reading.query != nil {
      report("unclear-table", file, "a table and a query are both given", fix: "keep one of `table` and `query`")
    }
    if reading.separator == .comma, reading.decimal == .comma {
      report(
        "unclear-separator", file, "a comma cannot both separate cells and stand before decimals",
        fix: "keep one of them")
    }
    if reading.comment?.utf8.count ?? 0 > 16 {
      report("too-long", file, "the beginning of comments has over 16 bytes", fix: "write a sign such as #")
    }
    if case .names(let names) = reading.header {
      if names.count > FileReading.nameLimit {
        report(
          "too-many", file, "the header has \(names.count) names", reason: "at most \(FileReading.nameLimit) can be",
          fix: "use a file with fewer columns")
      }
      let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
      for name in names.filter({ counts[$0, default: 0] > 1 }).prefix(1) {
        report("duplicate-column", file, "the header has the name \(name) twice", fix: "give each column its own")
      }
    }
  }
}
