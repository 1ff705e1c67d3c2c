import Datasets
import Files
import Foundation
import Tables
import Testing

/// The public data, from which tests take published facts. Everything else is tested without them.
package enum PublicData {
  /// The folder that TRAINFREE_DATA names; nil when it is not set or empty.
  package static let folder: String? = ProcessInfo.processInfo.environment["TRAINFREE_DATA"].flatMap {
    $0.isEmpty ? nil : $0
  }

  /// The catalogue of the checkout.
  ///
  /// - Throws: `FileFailure`, and `DiagnosticsError` when it is not sound.
  package static func catalog() throws -> Catalog {
    try CatalogParser.parse(FileSystem.read("\(checkout)/data/catalog.yaml"), file: "data/catalog.yaml")
  }

  /// Reads a dataset of the catalogue from the folder.
  ///
  /// - Parameter skipsMalformed: Whether malformed rows are left out; as the catalogue says when nil.
  /// - Throws: `UnknownDataset`, and `DiagnosticsError` when the file is missing or another.
  package static func load(_ id: String, skipsMalformed: Bool? = nil) throws -> ImportedDataset {
    let catalog = try catalog()
    guard let dataset = catalog.dataset(id), let file = catalog.file(dataset.file) else { throw UnknownDataset(id: id) }
    let bytes = try DataLocation(folders: [folder ?? ""]).read(file)
    return try DatasetImporter.read(
      dataset, file: file, bytes: bytes, skipsMalformed: skipsMalformed ?? dataset.skipsMalformed)
  }

  /// A dataset that the catalogue does not have.
  package struct UnknownDataset: Error {
    /// The id that was asked for.
    package let id: String
  }

  /// Why tests that read files under these folders of the data cannot run, and how they could; nil when they can.
  ///
  /// - Parameters:
  ///   - parts: Folders of the data, such as `serianni2023`; every file of the catalogue is needed when there are none.
  ///   - folder: The folder with the data.
  package static func obstacle(_ parts: [String], in folder: String?) -> String? {
    let needs = "needs the public data\(parts.isEmpty ? "" : " of \(parts.joined(separator: ", "))")"
    guard let folder else {
      return "\(needs), and TRAINFREE_DATA is not set: \(advice)"
    }
    do {
      let files = try catalog().files.filter { file in
        parts.isEmpty || parts.contains { file.path.hasPrefix("\($0)/") }
      }
      guard !files.isEmpty else { return "\(needs), of which data/catalog.yaml has no file" }
      let missing = files.map(\.path).filter { !FileSystem.exists("\(folder)/\($0)") }
      guard let first = missing.first else { return nil }
      let more = missing.count > 1 ? " and \(missing.count - 1) more" : ""
      return "\(needs), and TRAINFREE_DATA lacks \(first)\(more): \(advice)"
    } catch {
      return "\(needs), and data/catalog.yaml cannot be read: \(error)"
    }
  }

  private static let advice =
    "`trainfree data fetch` downloads it and says what has to be packed by hand; then "
    + "`TRAINFREE_DATA=~/.cache/trainfree make test`"
}

extension Trait where Self == ConditionTrait {
  /// Skips tests of published facts by name where the data is not at hand, and says how to get it.
  ///
  /// - Parameter parts: Folders of the data that are read; all when there are none.
  package static func needsPublicData(_ parts: String...) -> Self {
    let obstacle = PublicData.obstacle(parts, in: PublicData.folder)
    return .enabled(if: obstacle == nil, "\(obstacle ?? "")")
  }

  /// Skips tests against recorded networks by name where the recordings are not at hand.
  package static var needsRecordedNetworks: Self {
    .enabled(
      if: goldenFolder != nil,
      "needs networks recorded in PyTorch, which are not published: TRAINFREE_GOLDEN names their folder, or they are in golden beside that of TRAINFREE_DATA"
    )
  }
}
