import Datasets
import Files

extension Session {
  /// The files and folders that decide what the analysis is and what comes out of it, whether they are there or not.
  ///
  /// - Parameters:
  ///   - spec: The file of the spec.
  ///   - fetches: True when a run downloads what is missing: then its own downloads are none of them.
  func sources(of spec: String, home: Home, fetches: Bool) -> [String] {
    let folders = location.folders.filter { !fetches || $0 != DataLocation.cacheFolder }
    let data = files.flatMap { file in folders.compactMap { try? FileSystem.contained(file.path, in: $0) } }
    let reports = home.reports(beside: spec)
    let others = resolved.tables.compactMap(\.reported?.analysis).flatMap { reports.lists(of: $0) }
    return home.sources(beside: spec) + data + others
  }
}

extension Home {
  /// The files and folders that any analysis is read with.
  func sources(beside spec: String) -> [String] {
    let beside = FileSystem.folder(of: spec)
    return [
      spec, "\(folder)/data/catalog.yaml", "\(folder)/data/references.bib", "\(beside)/claims", "\(folder)/data/claims",
      "\(beside)/templates", "\(folder)/templates",
    ]
  }
}
