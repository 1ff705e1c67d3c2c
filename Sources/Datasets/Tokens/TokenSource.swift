import Diagnostics
import Files
import Sizes

/// Where tokens come from, found by the name that specs and the command line give.
package enum TokenSource: Sendable, Hashable {
  /// The text-free sequence.
  case textFree
  /// The tokens of a generator, which start anew for every batch of another number.
  case documented
  /// A part of a text set of the catalogue.
  case catalogue(corpus: String, part: CorpusPart)
  /// A part of the text set in a folder.
  case folder(String, part: CorpusPart)

  /// The name of the text-free sequence.
  package static let textFreeName = MeasurementSizes.tokens

  /// Finds a source by its name.
  ///
  /// The name is `text-free`, or a text set of the catalogue and a part as in `wikitext-2/test`, or a folder, of which the
  /// part `test` is meant unless a part follows it as in `data/ptb/valid`. A text set of the catalogue comes before a folder
  /// of the same name; `./` before a folder tells them apart.
  ///
  /// - Throws: `DiagnosticsError` when the name is none of these, of kind `missingInput` when it looks like a path.
  package static func named(_ name: String, in catalog: Catalog) throws(DiagnosticsError) -> TokenSource {
    if name == textFreeName { return .textFree }
    if name == MeasurementSizes.documentedTokens { return .documented }
    let (front, part) = split(name)
    if let part, let corpus = catalog.corpus(front), corpus.files[part] != nil {
      return .catalogue(corpus: front, part: part)
    }
    if !name.isEmpty, FileSystem.isFolder(name) { return .folder(name, part: .test) }
    if let part, !front.isEmpty, FileSystem.isFolder(front) { return .folder(front, part: part) }
    if name.hasPrefix("/") || name.hasPrefix("./") || name.hasPrefix("../") || name.hasSuffix("/") {
      throw DiagnosticsError(
        [Diagnostic(id: "missing-folder", message: "\(name) is not a folder", fix: "check the path")],
        kind: .missingInput)
    }
    let known =
      [textFreeName, MeasurementSizes.documentedTokens]
      + catalog.corpora.flatMap { corpus in corpus.parts.map { "\(corpus.id)/\($0.rawValue)" } }
    throw DiagnosticsError([
      Diagnostic(
        id: "unknown-tokens", message: "there are no tokens \(name)",
        reason: "it is neither a folder nor one of: \(known.joined(separator: ", "))",
        fix: Suggestion.closest(to: name, in: known).map { "did you mean \($0)?" } ?? "name one of these, or a folder")
    ])
  }

  /// The name that finds this source.
  package var name: String {
    switch self {
    case .textFree: Self.textFreeName
    case .documented: MeasurementSizes.documentedTokens
    case .catalogue(let corpus, let part): "\(corpus)/\(part.rawValue)"
    case .folder(let path, let part): "\(path.hasSuffix("/") ? String(path.dropLast()) : path)/\(part.rawValue)"
    }
  }

  /// Reads the tokens.
  ///
  /// - Parameters:
  ///   - catalog: The catalogue.
  ///   - location: Where its files are.
  ///   - seed: The first state of the generator of documented tokens.
  ///   - vocabularySize: The network's vocabulary: all tokens are less. At least 1.
  /// - Throws: `DiagnosticsError`; see `CorpusReader` and `Corpus`.
  package func load(
    catalog: Catalog, location: DataLocation, vocabularySize: Int, seed: UInt32 = UInt32(MeasurementSizes.tokenSeed)
  ) throws(DiagnosticsError) -> TokenText {
    switch self {
    case .textFree: return .textFree(TextFreeSequence(vocabularySize: vocabularySize))
    case .documented: return .documented(seed: seed)
    case .catalogue(let id, let part):
      guard let corpus = catalog.corpus(id) else {
        throw DiagnosticsError([
          Diagnostic(
            id: "unknown-tokens", message: "the catalogue has no text set \(id)",
            fix: "`trainfree data list` shows what there is")
        ])
      }
      let texts = try CorpusReader.texts(of: corpus, catalog: catalog, location: location)
      return .corpus(try Corpus(texts, vocabularyLimit: vocabularySize), part)
    case .folder(let path, let part):
      let texts = try CorpusReader.texts(inFolder: path, requiring: part)
      return .corpus(try Corpus(texts, vocabularyLimit: vocabularySize), part)
    }
  }

  /// The name before its last slash, and the part named after it.
  private static func split(_ name: String) -> (front: String, part: CorpusPart?) {
    guard let slash = name.lastIndex(of: "/"),
      let part = CorpusPart(rawValue: String(name[name.index(after: slash)...]))
    else { return (name, nil) }
    return (String(name[..<slash]), part)
  }
}
