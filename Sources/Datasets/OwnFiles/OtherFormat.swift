import Diagnostics

/// A kind of file that is often at hand in the place of text with cells, and is not read.
enum OtherFormat: CaseIterable {
  case workbook, oldWorkbook, parquet, arrow, numpy, pickle, hdf5, bzip2, xz, zstandard, pdf, picture, page, pointer

  /// The bytes that such files begin with, and what they are called.
  private var traits: (beginning: [[UInt8]], name: String) {
    switch self {
    case .workbook: ([[0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6]], "a ZIP archive or an Excel workbook")
    case .oldWorkbook: ([[0xD0, 0xCF, 0x11, 0xE0]], "an old Excel workbook")
    case .parquet: ([Array("PAR1".utf8)], "Parquet")
    case .arrow: ([Array("ARROW1".utf8), Array("FEA1".utf8)], "Arrow or Feather")
    case .numpy: ([[0x93] + Array("NUMPY".utf8)], "a NumPy array")
    case .pickle: ([[0x80, 2], [0x80, 3], [0x80, 4], [0x80, 5]], "a Python pickle")
    case .hdf5: ([[0x89] + Array("HDF".utf8)], "HDF5")
    case .bzip2: ([Array("BZh".utf8)], "compressed with bzip2")
    case .xz: ([[0xFD] + Array("7zXZ".utf8)], "compressed with xz")
    case .zstandard: ([[0x28, 0xB5, 0x2F, 0xFD]], "compressed with Zstandard")
    case .pdf: ([Array("%PDF-".utf8)], "a PDF document")
    case .picture: ([[0x89] + Array("PNG".utf8), [0xFF, 0xD8, 0xFF]], "a picture")
    case .page: ([Array("<!doctype html".utf8), Array("<html".utf8)], "a web page")
    case .pointer: ([Array("version https://git-lfs".utf8)], "a pointer of Git LFS")
    }
  }

  /// What turns such a file into one that is read.
  private var fix: String {
    switch self {
    case .bzip2, .xz, .zstandard: "decompress it, or compress it with gzip instead"
    case .page: "download the file itself: a server answered with a page"
    case .pointer: "fetch the file that it stands for with `git lfs pull`"
    case .pdf, .picture: "name the file with the numbers"
    case .pickle, .numpy, .hdf5, .parquet, .arrow:
      "save the table as CSV, with pandas by `frame.to_csv(\"scores.csv\")`"
    case .workbook, .oldWorkbook: "save the sheet as CSV; of an archive, take the file out"
    }
  }

  /// Refuses what is no text.
  ///
  /// - Throws: `DiagnosticsError` for a file of another format, by its first bytes, and for one with bytes that are 0, which text has only
  ///   in UTF-16.
  static func refuse(_ bytes: [UInt8], file: String) throws(DiagnosticsError) {
    let head = bytes.prefix(32).map { (65...90).contains($0) ? $0 + 32 : $0 }
    let place = SourceLocation(file: file, line: 1)
    for format in allCases {
      let traits = format.traits
      let begins = traits.beginning.contains {
        bytes.starts(with: $0) || format == .page && head.starts(with: $0)
      }
      guard begins else { continue }
      throw DiagnosticsError([
        Diagnostic(
          id: "other-format", location: place, message: "the file is \(traits.name), which is not read", fix: format.fix
        )
      ])
    }
    guard bytes.prefix(1 << 16).contains(0) else { return }
    throw DiagnosticsError([
      Diagnostic(
        id: "other-format", location: place, message: "the file holds bytes that are 0, and is no plain text",
        fix: "if it is UTF-16 without a byte-order mark, say `encoding: utf-16`; otherwise save the table as CSV")
    ])
  }
}
