import Diagnostics
import Files

/// Reads the texts of a text set from files, plain or compressed by gzip.
package enum CorpusReader {
  /// The texts of a text set of the catalogue; each file is held against its SHA-256 when it is read.
  ///
  /// - Throws: `DiagnosticsError` of kind `missingInput` when a file is not here.
  package static func texts(
    of corpus: CatalogCorpus, catalog: Catalog, location: DataLocation
  ) throws(DiagnosticsError) -> [CorpusText] {
    var texts: [CorpusText] = []
    var problems: [Diagnostic] = []
    for part in corpus.parts {
      guard let file = corpus.files[part].flatMap({ catalog.file($0) }) else { continue }
      do throws(DiagnosticsError) {
        texts.append(CorpusText(part: part, file: file.path, path: try location.path(of: file), expected: file))
      } catch { problems += error.diagnostics }
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems, kind: .missingInput) }
    return texts
  }

  /// The names that a part's file may have in a folder, plain or with `.gz` after it.
  package static func names(of part: CorpusPart) -> [String] {
    ["\(part.rawValue).txt", "ptb.\(part.rawValue).txt", "wiki.\(part.rawValue).tokens"]
  }

  /// The texts of a folder. A plain file comes before its compressed twin.
  ///
  /// - Parameters:
  ///   - folder: The folder, with a file for each part; see `names(of:)`.
  ///   - part: The part that must be there.
  /// - Throws: `DiagnosticsError` when the part is missing (kind `missingInput`), or a part stands there under two names.
  package static func texts(
    inFolder folder: String, requiring part: CorpusPart
  ) throws(DiagnosticsError) -> [CorpusText] {
    var texts: [CorpusText] = []
    var problems: [Diagnostic] = []
    for candidate in CorpusPart.allCases {
      let found = names(of: candidate).compactMap { name in
        ["\(folder)/\(name)", "\(folder)/\(name).gz"].first { FileSystem.exists($0) }
      }
      guard let path = found.first else { continue }
      guard found.count == 1 else {
        problems.append(
          Diagnostic(
            id: "part-twice", message: "\(folder) has the part \(candidate.rawValue) under more than one name",
            reason: found.joined(separator: ", "), fix: "keep one"))
        continue
      }
      texts.append(CorpusText(part: candidate, file: path, path: path))
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    guard texts.contains(where: { $0.part == part }) else {
      throw DiagnosticsError(
        [
          Diagnostic(
            id: "missing-part", message: "\(folder) has no file of the part \(part.rawValue)",
            reason: "looked for \(names(of: part).joined(separator: ", ")), also with .gz",
            fix: "name a folder with the files of a text set")
        ], kind: .missingInput)
    }
    return texts
  }
}
