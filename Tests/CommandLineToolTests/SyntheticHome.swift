import Files
import Foundation
import TestSupport

/// A home of its own for the binary: a catalogue, a bibliography, claims, analyses and data that are made up, so that
/// whole runs and audits are tested without anything public.
///
/// Sixty architectures, numbered by their rank r = 0 … 59 in the score 60 + r/4. A column that reverses the ranks inside
/// blocks of m has 60/m · m(m−1)/2 discordant pairs of 1,770, and Σd² = 60/m · m(m²−1)/3:
/// - `steady` reverses blocks of 4: τ = 1 − 2·90/1770 = .898.
/// - `parameters` is the square of ranks with blocks of 10 reversed: τ = 1 − 2·270/1770 = .695, and Spearman's
///   ρ = 1 − 6·1980/(60·3599) = .945. Pearson's r is another number.
/// - `restless` is 37(r + 1) modulo 61, a permutation; rows 7 and 21 have no value.
struct SyntheticHome {
  static let count = 60
  /// Rows of `restless` without a value.
  static let missing = [7, 21]
  /// What such a row says in the report.
  static let reason = "the network diverged"

  /// The home's folder, and that of its data.
  let folder: String
  let data: String

  /// Makes a home in a folder that is not there yet.
  init(in folder: String) throws {
    self.folder = folder
    data = folder + "/public"
    let files = FileManager.default
    try files.copyItem(atPath: "\(checkout)/Tests/CommandLineToolTests/Fixtures/home", toPath: folder)
    try files.copyItem(atPath: "\(checkout)/templates", toPath: folder + "/templates")
    for (path, text) in [(Self.resultsPath, Self.results), (Self.sizesPath, Self.sizes)] {
      try FileSystem.write(Array(text.utf8), to: "\(data)/\(path)")
    }
    try FileSystem.write(Array(Self.catalogue.utf8), to: folder + "/data/catalog.yaml")
  }

  static let resultsPath = "maker2024/results.csv"
  static let sizesPath = "maker2024/sizes.csv"

  /// The rank with blocks reversed.
  static func reversed(_ rank: Int, block: Int) -> Int { rank / block * block + block - 1 - rank % block }

  static func restless(_ rank: Int) -> Int? { missing.contains(rank) ? nil : 37 * (rank + 1) % 61 }

  /// The released values, by id.
  static let results =
    "id,score,steady,restless,parameters\n"
    + (0..<count).map { rank in
      let root = reversed(rank, block: 10) + 1
      let restless = restless(rank).map(String.init) ?? "diverged"
      return "\(rank + 1),\(60 + Double(rank) / 4),\(reversed(rank, block: 4)),\(restless),\(1000 * root * root)\n"
    }.joined()

  /// Depths and hidden sizes, in another order.
  static let sizes =
    "id,depth,hidden\n"
    + (0..<count).reversed().map { rank in
      "\(rank + 1),\(rank >= 20 && rank % 2 == 1 ? 4 : 2),\(rank % 4 < 2 ? 128 : 256)\n"
    }.joined()

  private static let catalogue = """
    files:
      results: {path: \(resultsPath), \(source(results))}
      sizes: {path: \(sizesPath), \(source(sizes))}
    datasets:
      - id: maker2024/results
        title: Synthetic results
        summary: Scores and metrics of architectures that never were.
        file: results
        format: csv
        columns:
          id: {type: integer, role: identifier}
          score: {title: Score, role: target, better: higher}
          steady: {title: Steady, role: metric, better: higher}
          restless: {title: Restless, role: metric, missing: {diverged: \(reason)}}
          parameters: {title: Parameters, type: integer, role: baseline}
      - id: maker2024/sizes
        title: Synthetic sizes
        summary: Depths and hidden sizes of the same.
        file: sizes
        format: csv
        columns:
          id: {type: integer, role: identifier}
          depth: {title: Depth, type: integer, role: feature}
          hidden-size: {header: hidden, title: Hidden size, type: integer, role: feature}
    """

  private static func source(_ text: String) -> String {
    "address: \"https://example.org/data\", licence: CC0-1.0, citation: maker2024, bytes: \(text.utf8.count), sha256: \(SHA256.hexDigest(text))"
  }
}
