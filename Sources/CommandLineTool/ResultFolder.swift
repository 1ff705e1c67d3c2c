import Diagnostics
import Documents
import Files
import Reports

/// A report's folder, read back.
struct ResultFolder {
  private let path: String

  init(_ path: String) { self.path = path }

  func json(_ name: String) throws(DiagnosticsError) -> JSONValue {
    let file = "\(path)/\(name)"
    return JSONValue(try DocumentReader.read(try InputFile.read(file), file: file, limits: .data))
  }

  /// A table from its JSON file.
  func table(_ name: String) throws(DiagnosticsError) -> ReportTable {
    let json = try self.json("tables/\(name).json")
    let rows = (json["rows"]?.elements ?? []).map { row in
      (row.elements ?? []).map { value in
        ReportTable.Cell(value.string ?? (value == .null ? "" : value.text()), value: value)
      }
    }
    let columns = (json["columns"]?.elements ?? []).enumerated().map { index, title in
      ReportTable.Column(
        title.string ?? "", isNumeric: rows.contains { index < $0.count && $0[index].value.double != nil })
    }
    return ReportTable(name: name, caption: "\(name)", columns: columns, rows: rows)
  }

  /// Files by path with their digests.
  func digests(under folder: String) -> [String: String] {
    var digests: [String: String] = [:]
    for name in FileSystem.names(in: "\(path)/\(folder)") {
      if let bytes = try? FileSystem.read("\(path)/\(folder)/\(name)") {
        digests["\(folder)/\(name)"] = SHA256.hexDigest(bytes)
      }
    }
    return digests
  }
}
