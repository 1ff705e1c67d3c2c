import Datasets
import Files
import Foundation
import Tables
import Testing

@testable import Forensics

/// A local copy of the public data, when TRAINFREE_DATA names one.
let dataFolder: String? = ProcessInfo.processInfo.environment["TRAINFREE_DATA"].flatMap { $0.isEmpty ? nil : $0 }

/// A dataset of the shipped catalogue.
func dataset(_ id: String) throws -> Table {
  let checkout = FileSystem.folder(of: FileSystem.folder(of: FileSystem.folder(of: #filePath)))
  let catalog = try CatalogParser.parse(FileSystem.read("\(checkout)/data/catalog.yaml"), file: "catalog.yaml")
  let dataset = try #require(catalog.dataset(id))
  let file = try #require(catalog.file(dataset.file))
  let bytes = try DataLocation(folders: [dataFolder ?? ""]).read(file)
  return try DatasetImporter.read(dataset, file: file, bytes: bytes, skipsMalformed: true).table
}

extension Table {
  /// The rows in which a column holds a text.
  func rows(where name: String, is text: String) -> Table {
    selecting(rows: (0..<rowCount).filter { self[name]?.text($0) == text })
  }
}
