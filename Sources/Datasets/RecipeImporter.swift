import Diagnostics
import Documents
import SearchSpaces
import Tables

/// Reads a list of recurrent-cell recipes: one row for each, with its features.
enum RecipeImporter {
  static func read(
    _ dataset: CatalogDataset, _ file: CatalogFile, _ bytes: [UInt8]
  ) throws(DiagnosticsError) -> ImportedDataset {
    let root = try DocumentReader.read(bytes, file: file.path, limits: .data)
    var reading = RecordReading()
    var records = RecordTable(columns: dataset.fileColumns)
    for (index, node) in reading.list(root, "the recipes").enumerated() {
      let nodes = reading.entries(node, "recipe \(index)", in: root)
      let recipe = Result { () throws(DiagnosticsError) in try RecipeParser.parse(node) }
      let cells: [String: Cell] = [
        "id": .integer(index), "nodes": .integer(nodes.count), "recipe": .text(JSONValue(node).text()),
      ]
      records.add(
        cells.merging(RecipeCells.cells(recipe)) { first, _ in first },
        origin: RowOrigin(file: file.path, line: node.location.line))
    }
    return try DatasetImporter.finished(records, reading, file)
  }
}

/// The features of a recurrent cell as cells of a row.
enum RecipeCells {
  /// The features by name; undefined with the reason where the recipe cannot be evaluated.
  static func cells(_ recipe: Result<Recipe, DiagnosticsError>) -> [String: Cell] {
    var cells: [String: Cell] = [:]
    switch recipe {
    case .success(let recipe):
      for feature in recipe.features {
        cells[feature.name] = Int(exactly: feature.value).map { .integer($0) } ?? .real(feature.value)
      }
    case .failure(let error):
      let reason = error.diagnostics.first.map { String($0.message.prefix(200)) } ?? "not a recipe"
      for name in Recipe.featureNames { cells[name] = .undefined("the recipe cannot be evaluated: \(reason)") }
    }
    return cells
  }
}
