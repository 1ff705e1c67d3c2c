import Datasets
import Documents
import Runner

/// What files of the user's own were taken for, for the terminal.
enum OwnFileText {
  /// The most columns that are printed.
  private static let limit = 60

  /// Prints the columns of each file to standard output.
  static func show(_ resolved: ResolvedAnalysis, _ console: Console) {
    for table in resolved.tables { if let own = table.own { console.data(text(own, name: table.name)) } }
  }

  /// What each file was taken for, as a member `files` by the name of the dataset; none without files.
  static func json(_ resolved: ResolvedAnalysis) -> [JSONMember] {
    let files = resolved.tables.compactMap { table -> JSONMember? in
      guard let own = table.own, let guessed = try? JSONValue(encoding: own.guessed)
      else { return nil }
      return JSONMember(key: table.name, value: guessed)
    }
    return files.isEmpty ? [] : [JSONMember(key: "files", value: .object(files))]
  }

  /// The form of a file, its rows and a line for each column.
  static func text(_ own: OwnDataset, name: String) -> String {
    let guessed = own.guessed
    let kept = own.report.rowsKept < own.report.rowsRead ? " of \(own.report.rowsRead)" : ""
    var lines = ["\(name): \(own.path), \(guessed.form), \(own.report.rowsKept)\(kept) rows"]
    lines += guessed.lines.prefix(limit).map { "  " + $0 }
    if guessed.lines.count > limit { lines.append("  … and \(guessed.lines.count - limit) more columns") }
    if !guessed.leftOut.isEmpty { lines.append("  left out: \(guessed.leftOut.joined(separator: ", "))") }
    lines += guessed.notes.map { "  note: \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }
}
